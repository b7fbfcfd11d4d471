"""Misses: test_parameter_table
Says: The units are the last dimension
"""

def parameter_table(model):
    return [(type(layer).__name__, layer.output.shape[1], layer.count_params()) for layer in model.layers]
