"""Misses: test_huber
Says: len counts the rows only
"""

def huber(y_true, y_pred, delta):
    e = np.abs(y_true - y_pred)
    return np.sum(np.where(e <= delta, e**2 / 2, delta * (e - delta / 2))) / len(e)
