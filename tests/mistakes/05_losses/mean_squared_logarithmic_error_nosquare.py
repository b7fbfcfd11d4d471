"""Misses: test_mean_squared_logarithmic_error, test_slide_example
Says: The square is missing: these are absolute differences
"""

def mean_squared_logarithmic_error(y_true, y_pred):
    return np.mean(np.abs(np.log1p(y_true) - np.log1p(y_pred)))
