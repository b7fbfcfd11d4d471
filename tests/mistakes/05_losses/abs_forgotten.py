"""Misses: test_mean_absolute_error, test_slide_example
Says: Positive and negative errors cancel
"""

def mean_absolute_error(y_true, y_pred):
    return np.mean(y_true - y_pred)
