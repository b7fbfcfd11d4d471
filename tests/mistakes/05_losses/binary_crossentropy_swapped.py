"""Misses: test_binary_crossentropy, test_slide_example
Says: The arguments are swapped: the answer y_true comes first, and the loga
"""

def binary_crossentropy(y_true, y_pred):
    y_true, y_pred = np.asarray(y_pred, float), np.asarray(y_true, float)
    p = np.clip(y_pred, 1e-7, 1 - 1e-7)
    return -np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p))
