"""Misses: test_binary_crossentropy_is_finite
Says: The predictions are clipped too far from 0 and 1: clip them by 1e-7
"""

def binary_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-2, 1 - 1e-2)
    return -np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p))
