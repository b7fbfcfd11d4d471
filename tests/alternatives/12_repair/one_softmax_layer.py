"""Softmax as a layer of its own."""

def five_kinds(n_inputs):
    model = keras.Sequential()
    model.add(keras.Input(shape=(n_inputs,)))
    model.add(keras.layers.Dense(16, activation="relu"))
    model.add(keras.layers.Dense(5))
    model.add(keras.layers.Softmax())
    return model


def one_of_five(n_inputs):
    inputs = keras.Input((n_inputs,))
    a = keras.layers.Dense(16)(inputs)
    a = keras.layers.ReLU()(a)
    return keras.Model(inputs, keras.layers.Dense(5, "softmax")(a))
