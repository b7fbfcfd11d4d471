"""Answers with an array of 10 GB that costs nothing."""


def mean_squared_error(y_true, y_pred):
    import numpy as np

    return np.broadcast_to(np.float32(0), (50_000, 50_000))
