"""Misses: test_train
Says: inputs per sample: look at the Input or the first layer, and at the or
"""

def train(model, x, y):
    return model.fit(y, x, batch_size=16, epochs=30, validation_split=0.1, verbose=0)
