"""Misses: test_categorical_crossentropy, test_categorical_crossentropy_is_finite
Says: This is binary cross-entropy, summed over the classes: leave out the t
"""

def categorical_crossentropy(y_true, y_pred):
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(np.sum(y_true * np.log(p) + (1 - y_true) * np.log(1 - p), axis=-1))
