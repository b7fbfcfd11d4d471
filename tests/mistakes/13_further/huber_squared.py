"""Misses: test_huber
Says: squared too
"""

def huber(y_true, y_pred, delta):
    return np.mean((y_true - y_pred) ** 2) / 2
