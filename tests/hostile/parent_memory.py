"""Opens its parent's memory."""


def mean_squared_error(y_true, y_pred):
    import os

    open(f'/proc/{os.getppid()}/mem', 'rb')
    return 'BREACH: opened'
