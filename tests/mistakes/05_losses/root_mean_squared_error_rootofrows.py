"""Misses: test_root_mean_squared_error
Says: The root comes last: one mean over all entries, and then its root
"""

def root_mean_squared_error(y_true, y_pred):
    d = (np.asarray(y_true) - np.asarray(y_pred)) ** 2
    return np.mean(np.sqrt(np.mean(d, axis=-1)))
