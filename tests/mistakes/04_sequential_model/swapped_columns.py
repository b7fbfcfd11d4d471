"""Misses: test_parameter_table
Says: Units and parameters are swapped
"""

def parameter_table(model):
    return [(type(layer).__name__, layer.count_params(), layer.output.shape[-1]) for layer in model.layers]
