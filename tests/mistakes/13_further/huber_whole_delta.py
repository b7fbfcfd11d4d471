"""Misses: test_huber
Says: Half of delta is subtracted
"""

def huber(y_true, y_pred, delta):
    e = np.abs(y_true - y_pred)
    return np.mean(np.where(e <= delta, e**2 / 2, delta * (e - delta)))
