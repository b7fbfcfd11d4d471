"""Misses: test_is_overfitting
Says: a gap alone
"""

def is_overfitting(history):
    return history["val_loss"][-1] > history["loss"][-1] and history["loss"][-1] < history["loss"][0]
