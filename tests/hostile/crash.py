"""Reads address 0."""


def mean_squared_error(y_true, y_pred):
    import ctypes

    ctypes.string_at(0)
