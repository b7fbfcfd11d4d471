"""Misses: test_best_epoch
Says: take the first one
"""

def best_epoch(history):
    val = history["val_loss"]
    return len(val) - 1 - int(np.argmin(val[::-1]))
