"""Misses: test_five_kinds
Says: No probability is ever above 0.41
"""


def five_kinds(n_inputs):
    """A classifier of five kinds."""
    return keras.Sequential(
        [
            keras.Input((n_inputs,)),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(5, activation="softmax"),
            keras.layers.Softmax(),
        ]
    )
