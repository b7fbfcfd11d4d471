"""Misses: test_is_overfitting
Says: swapped
"""

def is_overfitting(history):
    loss, val = history["loss"], history["val_loss"]
    start = 2 * len(loss) // 3
    return not (val[-1] > val[start] and loss[-1] < loss[start])
