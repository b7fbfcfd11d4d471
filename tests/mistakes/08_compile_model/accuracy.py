"""Misses: test_loss_of
Says: This is the accuracy
"""

def loss_of(model, x, y):
    return np.ravel(model.evaluate(x, y, verbose=0))[-1]
