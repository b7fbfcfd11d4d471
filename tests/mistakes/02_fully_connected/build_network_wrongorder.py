"""Misses: test_build_network, test_build_network_computes
Says: is not imported: write its import at the top, such as `imp
"""

def build_network(sizes):
    inp = keras.Input((sizes[0],))
    h = inp
    for s in sizes[1:-1][::-1]:
        h = layers.Dense(s, activation="sigmoid")(h)
    out = layers.Dense(sizes[-1], activation="linear")(h)
    return keras.Model(inputs=inp, outputs=out)
