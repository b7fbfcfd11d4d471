"""Misses: test_loss_of
Says: This is the list that evaluate returns
"""

def loss_of(model, x, y):
    return model.evaluate(x, y, verbose=0)
