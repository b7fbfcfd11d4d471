"""Misses: test_build_network, test_build_network_computes
Says: keras.Input
"""

def build_network(sizes):
    hidden = [kl.Dense(units, activation="sigmoid") for units in sizes[1:-1]]
    return keras.Sequential([*hidden, kl.Dense(sizes[-1])])
