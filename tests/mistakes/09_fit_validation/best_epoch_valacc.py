"""Misses: test_best_epoch
Says: it has loss, and val_loss where there are validation data. Accuracy is
"""

def best_epoch(history):
    return int(np.argmax(history["val_accuracy"]))
