"""Activations in every form that Keras has."""


def price(n_inputs):
    inputs = keras.Input((n_inputs,))
    a = keras.activations.relu(keras.layers.Dense(16)(inputs))
    a = keras.layers.ELU()(keras.layers.Dense(16)(a))
    return keras.Model(inputs, keras.layers.Dense(1)(a))


def one_of_five(n_inputs):
    inputs = keras.Input((n_inputs,))
    a = keras.ops.relu(keras.layers.Dense(16)(inputs))
    return keras.Model(inputs, keras.activations.softmax(keras.layers.Dense(5)(a)))
