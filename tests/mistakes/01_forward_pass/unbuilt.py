"""Misses: test_build_neuron, test_build_neuron_computes
Says: keras.Input
"""

def build_neuron(n_inputs):
    return keras.Sequential([keras.layers.Dense(1, activation="sigmoid")])
