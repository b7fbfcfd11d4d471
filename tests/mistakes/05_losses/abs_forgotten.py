"""Misses: test_mean_absolute_error, test_slide_example
Says: The absolute value is missing
"""

def mean_absolute_error(y_true, y_pred):
    return np.mean(y_true - y_pred)
