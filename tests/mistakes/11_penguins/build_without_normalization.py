"""Misses: test_build
Says: It has no Normalization layer
"""


def build(n_inputs, scale=None):
    layers = [] if scale is None else [scale]
    layers += [
        keras.layers.Dense(16, activation="relu"),
        keras.layers.Dense(3, activation="softmax"),
    ]
    model = keras.Sequential([keras.Input((n_inputs,)), *layers])
    optimizer = keras.optimizers.Adam(0.01)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
