"""Misses: test_best_epoch
Says: the first counts
"""

def best_epoch(history):
    val = history["val_loss"]
    return len(val) - 1 - int(np.argmin(val[::-1]))
