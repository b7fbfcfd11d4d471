"""Misses: test_best_epoch
Says: the best training loss
"""

def best_epoch(history):
    return int(np.argmin(history["loss"]))
