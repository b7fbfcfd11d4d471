"""Misses: test_categorical_crossentropy_is_finite
Says: clip the predictions
"""

def categorical_crossentropy(y_true, y_pred):
    return -np.mean(np.sum(y_true * np.log(y_pred), axis=-1))
