"""Misses: test_best_epoch
Says: This is the last epoch: find the one with the lowest validation loss
"""

def best_epoch(history):
    return len(history["val_loss"]) - 1
