"""Misses: test_categorical_crossentropy
Says: The arguments are swapped: the answer y_true comes first, and the loga
"""

def categorical_crossentropy(y_true, y_pred):
    t = np.clip(y_true, 1e-7, 1 - 1e-7)
    return np.mean(-np.sum(y_pred * np.log(t), axis=-1))
