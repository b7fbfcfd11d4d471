"""Misses: test_loss_of
Says: The model was compiled again
"""

def loss_of(model, x, y):
    model.compile(loss=model.loss)
    return float(np.ravel(model.evaluate(x, y, verbose=0))[0])
