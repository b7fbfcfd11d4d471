"""Misses: test_mean_absolute_percentage_error
Says: Divide by the absolute value of the answer
"""

def mean_absolute_percentage_error(y_true, y_pred):
    return 100 * np.mean(np.abs(y_true - y_pred) / y_true)
