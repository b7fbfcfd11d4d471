"""Misses: test_train
Says: The batch size is 32
"""

def train(model, x, y):
    return model.fit(x, y, epochs=30, validation_split=0.1, verbose=0)
