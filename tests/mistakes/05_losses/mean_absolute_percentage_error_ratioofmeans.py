"""Misses: test_mean_absolute_percentage_error, test_slide_example
Says: Divide entry by entry first, and then take the mean
"""

def mean_absolute_percentage_error(y_true, y_pred):
    return 100 * np.mean(np.abs(y_true - y_pred)) / np.mean(np.abs(y_true))
