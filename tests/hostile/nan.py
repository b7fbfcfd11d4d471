"""Answers with NaN."""


def mean_squared_error(y_true, y_pred):
    return float('nan')
