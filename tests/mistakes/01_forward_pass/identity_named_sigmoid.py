"""Misses: test_build_neuron_computes
Says: The activation is missing
"""

def sigmoid(x):
    return x


def build_neuron(n_inputs):
    return keras.Sequential([keras.Input((n_inputs,)), keras.layers.Dense(1, activation=sigmoid)])
