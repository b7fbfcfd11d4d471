"""Misses: test_price
Says: adds nothing that the next one could not do alone
"""


def price(n_inputs):
    """A network for prices, with two hidden layers of 16 units, that can bend."""
    return keras.Sequential(
        [
            keras.Input((n_inputs,)),
            keras.layers.Dense(16),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(1),
        ]
    )
