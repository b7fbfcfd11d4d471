"""Misses: test_best_epoch
Says: is largest
"""


def best_epoch(history):
    """The number of the epoch, counted from 0, with the smallest validation loss.

    history: a dict of lists, as History.history is.
    """
    return int(np.argmax(history["val_loss"]))
