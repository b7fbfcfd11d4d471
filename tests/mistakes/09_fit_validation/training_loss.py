"""Misses: test_best_epoch
Says: This is where the training loss is lowest
"""

def best_epoch(history):
    return int(np.argmin(history["loss"]))
