"""Misses: test_build_network_computes
Says: The only layer of a network is its last
"""

def build_network(sizes):
    layers = [kl.Dense(sizes[1], activation="sigmoid")]
    if len(sizes) > 2:
        layers += [kl.Dense(units, activation="sigmoid") for units in sizes[2:-1]] + [kl.Dense(sizes[-1])]
    return keras.Sequential([keras.Input(shape=(sizes[0],)), *layers])
