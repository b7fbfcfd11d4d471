"""Misses: test_train_with
Says: The validation loss is not computed on the validation data
"""

def train_with(model, train, valid, epochs):
    return model.fit(*train, validation_split=0.1, epochs=epochs, verbose=0)
