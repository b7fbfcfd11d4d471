"""Misses: test_best_epoch
Says: smallest loss in training
"""


def best_epoch(history):
    return int(np.argmin(history["loss"]))
