"""Misses: test_is_overfitting
Says: the training loss rises too
"""

def is_overfitting(history):
    loss, val = history["loss"], history["val_loss"]
    start = 2 * len(loss) // 3
    return val[-1] > val[start]
