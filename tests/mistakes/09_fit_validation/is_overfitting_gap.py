"""Misses: test_is_overfitting
Says: Here the validation loss still falls, though it is larger: a gap alone
"""

def is_overfitting(history):
    return history["val_loss"][-1] > history["loss"][-1]
