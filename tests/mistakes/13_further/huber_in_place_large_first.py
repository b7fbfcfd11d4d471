"""Misses: test_huber
Says: also takes entries that the first has changed
"""

def huber(y_true, y_pred, delta):
    e = np.abs(y_true - y_pred)
    e[e > delta] = delta * (e[e > delta] - delta / 2)
    e[e <= delta] = e[e <= delta] ** 2 / 2
    return np.mean(e)
