"""Misses: test_compiled
Says: the loss jumps about
"""


def compiled(model):
    """The given classifier, compiled for whole-number labels, with plain SGD."""
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=10.0),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model
