"""Activations by keras.ops and keras.activations."""


def build(n_inputs):
    inputs = keras.Input((n_inputs,))
    a = keras.layers.Normalization()(inputs)
    a = keras.activations.relu(keras.layers.Dense(16)(a))
    a = keras.ops.tanh(keras.layers.Dense(8)(a))
    model = keras.Model(inputs, keras.layers.Dense(3, activation="softmax")(a))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def train(x, y, seed):
    keras.utils.set_random_seed(seed)
    model = build(x.shape[1])
    model.layers[1].adapt(x)
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    model.fit(x, y, epochs=40, verbose=0)
    return model
