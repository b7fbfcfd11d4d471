"""Misses: test_price
Says: adds nothing that the next one could not do alone
"""


def price(n_inputs):
    layers = keras.layers
    return _network(n_inputs, layers.Dense(16, activation="tanh"), layers.Dense(16), layers.Dense(1))
