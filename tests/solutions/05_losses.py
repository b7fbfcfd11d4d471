"""The author's solution."""

import numpy as np


def mean_squared_error(y_true, y_pred):
    return np.mean((y_true - y_pred) ** 2)


def root_mean_squared_error(y_true, y_pred):
    return np.sqrt(mean_squared_error(y_true, y_pred))


def mean_absolute_error(y_true, y_pred):
    return np.mean(np.abs(y_true - y_pred))


def mean_absolute_percentage_error(y_true, y_pred):
    return 100 * np.mean(np.abs((y_true - y_pred) / y_true))


def mean_squared_logarithmic_error(y_true, y_pred):
    return mean_squared_error(np.log1p(y_true), np.log1p(y_pred))


def binary_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p))


def categorical_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(np.sum(y_true * np.log(p), axis=-1))


def choose_loss(task):
    return {
        "regression": "mean_squared_error",
        "two classes": "binary_crossentropy",
        "one-hot classes": "categorical_crossentropy",
        "integer classes": "sparse_categorical_crossentropy",
    }[task]


def slide_example():
    answer, prediction = np.array([0.9, 0.1]), np.array([0.8, 0.2])
    return {
        "binary_crossentropy": binary_crossentropy(np.array([0.0, 1.0]), np.array([0.9, 0.1])),
        "mean_squared_error": mean_squared_error(answer, prediction),
        "mean_absolute_error": mean_absolute_error(answer, prediction),
        "mean_absolute_percentage_error": mean_absolute_percentage_error(answer, prediction),
        "mean_squared_logarithmic_error": mean_squared_logarithmic_error(answer, prediction),
    }
