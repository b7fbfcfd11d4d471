"""Misses: test_train_with
Says: The validation data are not passed to fit
"""

def train_with(model, train, valid, epochs):
    return model.fit(*train, epochs=epochs, verbose=0)
