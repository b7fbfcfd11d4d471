"""Misses: test_build_maxout
Says: MaxoutDense is gone
"""

def build_maxout(n_inputs, units):
    return keras.Sequential([keras.Input((n_inputs,)), keras.layers.MaxoutDense(units)])
