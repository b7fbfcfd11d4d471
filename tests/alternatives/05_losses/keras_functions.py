"""A right answer in another way: keras functions."""

import keras


def mean_squared_error(y_true, y_pred):
    return keras.ops.mean(keras.losses.mean_squared_error(y_true, y_pred))


def categorical_crossentropy(y_true, y_pred):
    return keras.losses.CategoricalCrossentropy()(y_true, y_pred)


def binary_crossentropy(y_true, y_pred):
    return keras.losses.BinaryCrossentropy()(y_true, y_pred)
