"""Misses: test_loss_of
Says: This is the sum of the loss and the accuracy
"""

def loss_of(model, x, y):
    return float(np.sum(model.evaluate(x, y, verbose=0)))
