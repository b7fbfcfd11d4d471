"""Forks."""


def mean_squared_error(y_true, y_pred):
    import os

    os.fork()
    return 'BREACH: forked'
