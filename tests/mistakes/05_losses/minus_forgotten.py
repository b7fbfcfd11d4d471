"""Misses: test_binary_crossentropy, test_binary_crossentropy_is_finite, test_slide_example
Says: The minus sign is missing
"""

def binary_crossentropy(y_true, y_pred):
    return np.mean(y_true * np.log(np.clip(y_pred, 1e-7, 1)) + (1 - y_true) * np.log(np.clip(1 - y_pred, 1e-7, 1)))
