"""Misses: test_train
Says: validation_split is 0.9: the slides' is 0.1
"""

def train(model, x, y):
    return model.fit(x, y, batch_size=16, epochs=30, validation_split=0.9, verbose=0)
