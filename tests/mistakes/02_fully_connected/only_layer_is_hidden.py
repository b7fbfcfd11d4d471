"""Misses: test_build_network_computes
Says: If a network has only one layer
"""

def build_network(sizes):
    layers = [kl.Dense(sizes[1], activation="sigmoid")]
    if len(sizes) > 2:
        layers += [kl.Dense(units, activation="sigmoid") for units in sizes[2:-1]] + [kl.Dense(sizes[-1])]
    return keras.Sequential([keras.Input(shape=(sizes[0],)), *layers])
