"""Misses: test_pixels
Says: entry
"""


def pixels():
    layers = keras.layers
    return _network(
        64,
        layers.Rescaling(1 / 255),
        layers.Rescaling(1 / 255),
        layers.Dense(32, activation="relu"),
        layers.Dense(10, activation="softmax"),
    )
