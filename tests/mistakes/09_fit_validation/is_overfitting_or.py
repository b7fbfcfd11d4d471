"""Misses: test_is_overfitting
Says: It is always True: a larger validation loss is not enough. It must ris
"""

def is_overfitting(history):
    v, l = history["val_loss"], history["loss"]
    k = len(v) // 3
    return bool(v[-1] > v[-k - 1] or l[-1] < l[-k - 1])
