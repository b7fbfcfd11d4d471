"""Misses: test_categorical_crossentropy, test_categorical_crossentropy_is_finite
Says: one number per sample
"""

def categorical_crossentropy(y_true, y_pred):
    return -np.sum(y_true * np.log(np.clip(y_pred, 1e-7, 1)), axis=-1)
