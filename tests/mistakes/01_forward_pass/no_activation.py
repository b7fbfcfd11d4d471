"""Misses: test_build_neuron_computes
Says: Dense has none unless you say so
"""

def build_neuron(n_inputs):
    return keras.Sequential([keras.Input((n_inputs,)), keras.layers.Dense(1)])
