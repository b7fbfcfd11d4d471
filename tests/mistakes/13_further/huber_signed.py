"""Misses: test_huber
Says: Use the absolute value
"""

def huber(y_true, y_pred, delta):
    e = y_true - y_pred
    return np.mean(np.where(np.abs(e) <= delta, e**2 / 2, delta * (e - delta / 2)))
