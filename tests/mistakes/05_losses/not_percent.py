"""Misses: test_mean_absolute_percentage_error, test_slide_example
Says: The result should be in percent
"""

def mean_absolute_percentage_error(y_true, y_pred):
    return np.mean(np.abs((y_true - y_pred) / y_true))
