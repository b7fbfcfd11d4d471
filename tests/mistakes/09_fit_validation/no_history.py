"""Misses: test_train
Says: The History is not returned
"""

def train(model, x, y):
    model.fit(x, y, batch_size=16, epochs=30, validation_split=0.1, verbose=0)
