"""Misses: test_build_network, test_build_network_computes
Says: The input size was made into a layer
"""

def build_network(sizes):
    hidden = [kl.Dense(units, activation="sigmoid") for units in sizes[:-1]]
    return keras.Sequential([keras.Input(shape=(sizes[0],)), *hidden, kl.Dense(sizes[-1])])
