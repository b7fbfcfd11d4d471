"""Misses: test_categorical_crossentropy, test_categorical_crossentropy_is_finite
Says: not over all entries
"""

def categorical_crossentropy(y_true, y_pred):
    return -np.mean(y_true * np.log(np.clip(y_pred, 1e-7, 1)))
