"""Misses: test_loss_of, test_loss_of_without_metrics
Says: This is the sum over the samples: the loss is their mean
"""

def loss_of(model, x, y):
    out = model.evaluate(x, y, verbose=0, return_dict=True)
    return out["loss"] * len(x)
