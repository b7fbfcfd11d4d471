"""Misses: test_build_neuron, test_build_neuron_computes
Says: is not imported: write its import at the top, such as `imp
"""

def build_neuron(n_inputs):
    inputs = keras.Input(shape=(n_inputs,))
    outputs = layers.Dense(n_inputs, activation="sigmoid")(inputs)
    return keras.Model(inputs, outputs)
