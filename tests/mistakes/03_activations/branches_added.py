"""Misses: test_build_maxout
Says: The branches are added
"""

def build_maxout(n_inputs, units):
    x = keras.Input((n_inputs,))
    return keras.Model(x, keras.layers.Add()([keras.layers.Dense(units)(x), keras.layers.Dense(units)(x)]))
