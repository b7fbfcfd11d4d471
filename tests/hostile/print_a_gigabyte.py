"""Prints without end."""


def mean_squared_error(y_true, y_pred):
    while True:
        print('x' * 2**16)
