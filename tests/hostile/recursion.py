"""Recurses without end."""


def mean_squared_error(y_true, y_pred):
    return mean_squared_error(y_true, y_pred)
