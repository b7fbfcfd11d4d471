"""Misses: test_build_maxout
Says: is not imported: write its import at the top, such as `imp
"""

def build_maxout(n_inputs, units):
    inp = keras.Input((n_inputs,))
    a = layers.Dense(units)(inp)
    b = layers.Dense(units)(inp)
    return keras.Model(inp, np.maximum(a, b))
