"""Misses: test_loss_of_without_metrics
Says: The loss is the model's own
"""

def loss_of(model, x, y):
    return -np.mean(np.sum(y * np.log(model.predict(x, verbose=0)), axis=1))
