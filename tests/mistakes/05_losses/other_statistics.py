"""Misses: test_mean_squared_error, test_root_mean_squared_error, test_mean_absolute_error, test_mean_absolute_percentage_error, test_mean_squared_logarithmic_error, test_categorical_crossentropy, test_categorical_crossentropy_is_finite, test_slide_example
Says: as the variance does | This is the standard deviation | This is the median | This is not divided | the squared difference | this is to base 2
"""

def mean_squared_error(y_true, y_pred):
    return np.var(y_true - y_pred)


def root_mean_squared_error(y_true, y_pred):
    return np.std(y_true - y_pred)


def mean_absolute_error(y_true, y_pred):
    return np.median(np.abs(y_true - y_pred))


def mean_absolute_percentage_error(y_true, y_pred):
    return np.mean(100 * np.abs(y_true - y_pred))


def mean_squared_logarithmic_error(y_true, y_pred):
    return np.mean(np.log(1 + (y_true - y_pred) ** 2))


def categorical_crossentropy(y_true, y_pred):
    return -np.mean(np.sum(y_true * np.log2(np.clip(y_pred, 1e-7, 1)), axis=1))
