"""Misses: test_parameter_table
Says: Not every layer has `units`: `layer.output.shape[-1]` gives the size o
"""

def parameter_table(model):
    return [(l.__class__.__name__, l.units, l.count_params()) for l in model.layers]
