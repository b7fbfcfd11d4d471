"""Misses: test_loss_of, test_loss_of_without_metrics
Says: inputs per sample: look at the Input or the first layer, and at the or
"""

def loss_of(model, x, y):
    out = model.evaluate(y, x, verbose=0)
    return out[0] if isinstance(out, list) else out
