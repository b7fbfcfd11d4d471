"""Misses: test_huber
Says: Brackets: it is delta
"""

def huber(y_true, y_pred, delta):
    e = np.abs(y_true - y_pred)
    return np.mean(np.where(e <= delta, e**2 / 2, delta * e - delta / 2))
