"""Misses: test_mean_squared_logarithmic_error, test_slide_example
Says: This is the logarithm of the difference: take the difference of the lo
"""

def mean_squared_logarithmic_error(y_true, y_pred):
    return np.mean(np.log(1 + np.abs(y_true - y_pred)) ** 2)
