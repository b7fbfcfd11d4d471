"""Misses: test_train
Says: 30 epochs
"""

def train(model, x, y):
    return model.fit(x, y, batch_size=16, epochs=10, validation_split=0.1, verbose=0)
