"""Misses: test_parameter_table
Says: The last layer is missing
"""

def parameter_table(model):
    out = []
    for i in range(len(model.layers) - 1):
        l = model.layers[i]
        out.append((l.__class__.__name__, l.output.shape[-1], l.count_params()))
    return out
