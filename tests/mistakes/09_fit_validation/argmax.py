"""Misses: test_best_epoch
Says: argmin, not argmax
"""

def best_epoch(history):
    return int(np.argmax(history["val_loss"]))
