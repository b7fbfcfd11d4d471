"""Misses: test_root_mean_squared_error
Says: This is the root of the sum: take the root of the mean
"""

def root_mean_squared_error(y_true, y_pred):
    return np.sqrt(np.sum((y_true - y_pred) ** 2))
