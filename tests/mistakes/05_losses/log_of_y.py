"""Misses: test_mean_squared_logarithmic_error, test_slide_example
Says: This uses log(y)
"""

def mean_squared_logarithmic_error(y_true, y_pred):
    return np.mean((np.log(y_true) - np.log(y_pred)) ** 2)
