"""Misses: test_parameter_table
Says: the layers' own names
"""

def parameter_table(model):
    return [(layer.name, layer.output.shape[-1], layer.count_params()) for layer in model.layers]
