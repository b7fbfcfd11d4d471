"""Misses: test_mean_squared_error, test_root_mean_squared_error, test_mean_squared_logarithmic_error, test_slide_example
Says: Square each difference first, and then take the mean
"""

def mean_squared_error(y_true, y_pred):
    return np.mean(y_true - y_pred) ** 2
