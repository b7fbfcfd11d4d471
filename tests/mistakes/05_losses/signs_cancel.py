"""Misses: test_mean_squared_error, test_root_mean_squared_error, test_mean_absolute_error, test_mean_absolute_percentage_error, test_mean_squared_logarithmic_error, test_slide_example
Says: This adds the two | This is the square of the mean squared error | Positive and negative errors cancel | Square each difference first
"""

def mean_squared_error(y_true, y_pred):
    return np.mean((y_true + y_pred) ** 2)


def root_mean_squared_error(y_true, y_pred):
    return np.mean((y_true - y_pred) ** 2) ** 2


def mean_absolute_error(y_true, y_pred):
    return abs(np.mean(y_true - y_pred))


def mean_absolute_percentage_error(y_true, y_pred):
    return 100 * np.mean((y_true - y_pred) / y_true)


def mean_squared_logarithmic_error(y_true, y_pred):
    return np.mean(np.log1p(y_true) - np.log1p(y_pred)) ** 2
