"""Misses: test_parameter_table
Says: Layers without parameters belong
"""

def parameter_table(model):
    return [
        (type(layer).__name__, layer.output.shape[-1], layer.count_params()) for layer in model.layers if layer.count_params()
    ]
