"""Misses: test_huber
Says: This is the mean squared error
"""

def huber(y_true, y_pred, delta):
    e = y_true - y_pred
    return np.mean(e**2)
