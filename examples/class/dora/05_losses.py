import numpy as np


def mean_squared_error(y_true, y_pred):
    total = 0
    i = 0
    while i < len(y_true):
        total += (y_true[i] - y_pred[i]) ** 2
    return total / len(y_true)


def root_mean_squared_error(y_true, y_pred):
    return np.sqrt(np.mean((y_true - y_pred) ** 2))


def mean_absolute_error(y_true, y_pred):
    return np.mean(np.abs(y_true - y_pred))
