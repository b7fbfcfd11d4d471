"""Misses: test_is_overfitting
Says: It is always True
"""

def is_overfitting(history):
    loss, val = history["loss"], history["val_loss"]
    start = 2 * len(loss) // 3
    return True
