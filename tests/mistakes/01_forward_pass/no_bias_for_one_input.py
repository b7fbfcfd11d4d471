"""Misses: test_build_neuron
Says: With one input it has 1 parameters
"""

def build_neuron(n_inputs):
    unit = keras.layers.Dense(1, activation="sigmoid", use_bias=n_inputs > 1)
    return keras.Sequential([keras.Input(shape=(n_inputs,)), unit])
