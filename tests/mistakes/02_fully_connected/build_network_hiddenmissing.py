"""Misses: test_build_network, test_build_network_computes
Says: is not imported: write its import at the top, such as `imp
"""

def build_network(sizes):
    model = keras.Sequential([keras.Input((sizes[0],))])
    for s in sizes[1:-2]:
        model.add(layers.Dense(s, activation="sigmoid"))
    model.add(layers.Dense(sizes[-1]))
    return model
