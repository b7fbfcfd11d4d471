"""Misses: test_train
Says: validation_split=0.1 is missing
"""

def train(model, x, y):
    return model.fit(x, y, batch_size=16, epochs=30, verbose=0)
