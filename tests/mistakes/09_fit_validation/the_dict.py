"""Misses: test_train
Says: the dict
"""

def train(model, x, y):
    return model.fit(x, y, batch_size=16, epochs=30, validation_split=0.1, verbose=0).history
