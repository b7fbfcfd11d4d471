"""Misses: test_mean_squared_logarithmic_error, test_slide_example
Says: Use the natural logarithm, np.log
"""

def mean_squared_logarithmic_error(y_true, y_pred):
    return np.mean((np.log10(1 + y_true) - np.log10(1 + y_pred)) ** 2)
