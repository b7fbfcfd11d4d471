"""Misses: test_build_maxout
Says: one Dense branch only
"""

def build_maxout(n_inputs, units):
    return keras.Sequential([keras.Input((n_inputs,)), keras.layers.Dense(units)])
