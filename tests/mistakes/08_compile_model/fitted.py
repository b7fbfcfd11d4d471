"""Misses: test_loss_of, test_loss_of_without_metrics
Says: The weights have changed
"""

def loss_of(model, x, y):
    return model.fit(x, y, verbose=0).history["loss"][-1]
