"""Misses: test_build
Says: The hidden layer has no activation
"""


def build(n_inputs):
    model = keras.Sequential(
        [
            keras.Input((n_inputs,)),
            keras.layers.Normalization(),
            keras.layers.Dense(16),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def train(x, y, seed):
    keras.utils.set_random_seed(seed)
    model = build(x.shape[1])
    model.layers[0].adapt(x)
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    model.fit(x, y, epochs=40, verbose=0)
    return model
