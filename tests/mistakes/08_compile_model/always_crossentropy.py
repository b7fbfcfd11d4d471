"""Misses: test_loss_of, test_loss_of_without_metrics
Says: Use the loss that the model was compiled with
"""

def loss_of(model, x, y):
    return -np.mean(np.sum(y * np.log(model.predict(x, verbose=0)), axis=1))
