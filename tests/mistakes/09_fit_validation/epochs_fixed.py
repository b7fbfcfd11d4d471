"""Misses: test_train_with
Says: The number of epochs is
"""

def train_with(model, train, valid, epochs):
    return model.fit(*train, validation_data=valid, epochs=30, verbose=0)
