"""A right answer in another way: loss objects."""

import keras


def choose_loss(task):
    return {
        "regression": keras.losses.Huber(),
        "two classes": keras.losses.BinaryCrossentropy(),
        "one-hot classes": keras.losses.categorical_crossentropy,
        "integer classes": keras.losses.SparseCategoricalCrossentropy(),
    }[task]
