"""Misses: test_train
Says: pass verbose=0
"""

def train(model, x, y):
    return model.fit(x, y, batch_size=16, epochs=30, validation_split=0.1)
