"""A right answer in another way: counted by keras."""

def count_parameters(sizes):
    return build_network(sizes).count_params()
