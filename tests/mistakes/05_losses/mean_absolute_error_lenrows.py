"""Misses: test_mean_absolute_error
Says: len counts the rows only: divide by the number of all entries, as np.m
"""

def mean_absolute_error(y_true, y_pred):
    return np.sum(np.abs(y_true - y_pred)) / len(y_true)
