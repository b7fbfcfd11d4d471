"""Misses: test_root_mean_squared_error
Says: The square root is missing
"""

def root_mean_squared_error(y_true, y_pred):
    return np.mean((y_true - y_pred) ** 2)
