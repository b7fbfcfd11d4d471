"""Misses: test_loss_of, test_loss_of_without_metrics
Says: This is the mean squared error: use the loss that the model was compil
"""

def loss_of(model, x, y):
    p = model.predict(x, verbose=0)
    return float(np.mean((p - y) ** 2))
