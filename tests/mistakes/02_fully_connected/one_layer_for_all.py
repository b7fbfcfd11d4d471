"""Misses: test_build_network
Says: layers of the same size are still
"""

def build_network(sizes):
    made = {}
    inputs = outputs = keras.Input(shape=(sizes[0],))
    for n, m in itertools.pairwise(sizes[:-1]):
        layer = made.setdefault((n, m), kl.Dense(m, activation="sigmoid"))
        outputs = layer(outputs)
    return keras.Model(inputs, kl.Dense(sizes[-1])(outputs))
