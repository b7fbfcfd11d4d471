"""Misses: test_pixels
Says: still gets numbers up to 255
"""


def pixels():
    """A classifier of digits: it gets 64 pixels from 0 to 255, and brings them to 0 … 1."""
    return keras.Sequential(
        [
            keras.Input((64,)),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
