"""Misses: test_mean_absolute_percentage_error, test_slide_example
Says: The arguments are swapped
"""

def mean_absolute_percentage_error(y_true, y_pred):
    return 100 * np.mean(np.abs((y_true - y_pred) / y_pred))
