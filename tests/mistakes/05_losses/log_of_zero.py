"""Misses: test_binary_crossentropy_is_finite
Says: clip the predictions
"""

def binary_crossentropy(y_true, y_pred):
    return -np.mean(y_true * np.log(y_pred) + (1 - y_true) * np.log(1 - y_pred))
