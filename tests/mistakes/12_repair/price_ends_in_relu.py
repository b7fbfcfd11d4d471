"""Misses: test_price
Says: The last layer has an activation now
"""


def price(n_inputs):
    bent = [keras.layers.Dense(16, activation="relu") for _ in range(2)]
    return _network(n_inputs, *bent, keras.layers.Dense(1, activation="relu"))
