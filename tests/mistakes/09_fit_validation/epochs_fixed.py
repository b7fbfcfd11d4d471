"""Misses: test_train_with
Says: Use `epochs` as the number of epochs
"""

def train_with(model, train, valid, epochs):
    return model.fit(*train, validation_data=valid, epochs=30, verbose=0)
