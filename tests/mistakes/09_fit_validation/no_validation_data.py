"""Misses: test_train_with
Says: not handed in
"""

def train_with(model, train, valid, epochs):
    return model.fit(*train, epochs=epochs, verbose=0)
