"""Misses: test_huber
Says: delta is not used
"""

def huber(y_true, y_pred, delta):
    e = np.abs(y_true - y_pred)
    return np.mean(np.where(e <= 1, e**2 / 2, e - 0.5))
