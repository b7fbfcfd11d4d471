"""Misses: test_best_epoch
Says: The epochs are counted from 0
"""


def best_epoch(history):
    return int(np.argmin(history["val_loss"])) + 1
