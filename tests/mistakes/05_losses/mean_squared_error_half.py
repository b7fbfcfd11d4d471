"""Misses: test_mean_squared_error, test_root_mean_squared_error, test_mean_squared_logarithmic_error, test_slide_example
Says: There is a factor 1/2 too many: the mean alone
"""

def mean_squared_error(y_true, y_pred):
    return 0.5 * np.mean(np.square(y_true - y_pred))
