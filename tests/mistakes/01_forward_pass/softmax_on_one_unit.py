"""Misses: test_build_neuron_computes
Says: Softmax over one unit is always 1
"""

def build_neuron(n_inputs):
    return keras.Sequential([keras.Input((n_inputs,)), keras.layers.Dense(1, activation="softmax")])
