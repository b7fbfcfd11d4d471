"""Misses: test_train
Says: `nb_epoch` is now `epochs`
"""

def train(model, x, y):
    return model.fit(x, y, batch_size=16, nb_epoch=30, validation_split=0.1, verbose=0)
