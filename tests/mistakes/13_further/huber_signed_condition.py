"""Misses: test_huber
Says: Use the absolute value
"""

def huber(y_true, y_pred, delta):
    e = y_true - y_pred
    return np.mean(np.where(e <= delta, e**2 / 2, delta * (np.abs(e) - delta / 2)))
