"""Misses: test_build_neuron, test_build_neuron_computes
Says: The bias is switched off
"""

def build_neuron(n_inputs):
    return keras.Sequential([keras.Input((n_inputs,)), keras.layers.Dense(1, activation="sigmoid", use_bias=False)])
