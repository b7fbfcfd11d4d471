"""Misses: test_parameter_table
Says: Weights that are not trained count too
"""

import math


def parameter_table(model):
    def count(layer):
        return sum(math.prod(weight.shape) for weight in layer.trainable_weights)

    return [(type(layer).__name__, layer.output.shape[-1], count(layer)) for layer in model.layers]
