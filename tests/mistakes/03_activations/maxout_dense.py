"""Misses: test_build_maxout
Says: MaxoutDense no longer exists
"""

def build_maxout(n_inputs, units):
    return keras.Sequential([keras.Input((n_inputs,)), keras.layers.MaxoutDense(units)])
