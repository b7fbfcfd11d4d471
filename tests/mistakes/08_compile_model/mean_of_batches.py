"""Misses: test_loss_of
Says: It is
"""

def loss_of(model, x, y):
    batches = [slice(i, i + 32) for i in range(0, len(x), 32)]
    losses = [model.evaluate(x[batch], y[batch], verbose=0) for batch in batches]
    return float(np.mean([loss[0] if isinstance(loss, list) else loss for loss in losses]))
