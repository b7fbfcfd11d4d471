"""Misses: test_build_network_computes
Says: The last layer should have no activation
"""

def build_network(sizes):
    layers = [kl.Dense(units, activation="sigmoid") for units in sizes[1:]]
    return keras.Sequential([keras.Input(shape=(sizes[0],)), *layers])
