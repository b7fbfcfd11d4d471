"""Misses: test_parameter_table
Says: This is the size of the layer's input: the units are the size of its o
"""

import numpy as np

def parameter_table(model):
    return [(type(l).__name__, l.input.shape[-1], l.count_params()) for l in model.layers]
