"""Replaces the standard streams."""


def mean_squared_error(y_true, y_pred):
    import sys

    sys.stdout = sys.stderr = None
    return 'x'
