"""Misses: test_build
Says: The loss wants one-hot labels
"""


one_hot = build


def build(n_inputs, scale=None):
    model = one_hot(n_inputs, scale)
    if scale is None:
        model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model
