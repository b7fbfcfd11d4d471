"""Misses: test_build_network_computes
Says: The hidden activation is relu
"""

def build_network(sizes):
    hidden = [kl.Dense(units, activation="relu") for units in sizes[1:-1]]
    return keras.Sequential([keras.Input(shape=(sizes[0],)), *hidden, kl.Dense(sizes[-1])])
