"""Misses: test_mean_squared_error, test_root_mean_squared_error, test_mean_squared_logarithmic_error, test_slide_example
Says: the sum, not the mean
"""

def mean_squared_error(y_true, y_pred):
    return np.sum((y_true - y_pred) ** 2)
