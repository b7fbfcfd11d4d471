"""Misses: test_huber
Says: two rules are swapped
"""

def huber(y_true, y_pred, delta):
    e = np.abs(y_true - y_pred)
    return np.mean(np.where(e > delta, e**2 / 2, delta * (e - delta / 2)))
