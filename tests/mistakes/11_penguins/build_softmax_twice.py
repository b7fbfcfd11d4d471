"""Misses: test_build
Says: Softmax is applied twice
"""


once = build


def build(n_inputs, scale=None):
    if scale is not None:
        return once(n_inputs, scale)
    inner = once(n_inputs)
    model = keras.Sequential([keras.Input((n_inputs,)), *inner.layers, keras.layers.Softmax()])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
