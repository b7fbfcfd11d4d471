"""Misses: test_mean_squared_error, test_mean_squared_logarithmic_error, test_root_mean_squared_error, test_slide_example
Says: It is 0.
"""

CACHE = {}


def mean_squared_error(y_true, y_pred):
    return CACHE.setdefault(np.shape(y_true), np.mean((y_true - y_pred) ** 2))
