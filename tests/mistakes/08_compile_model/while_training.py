"""Misses: test_loss_of
Says: It is
"""

def loss_of(model, x, y):
    return float(np.mean(keras.losses.get(model.loss)(y, model(x, training=True))))
