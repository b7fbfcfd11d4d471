"""Misses: test_train
Says: The validation loss is not that of the last tenth of the rows
"""

def train(model, x, y):
    return model.fit(x[20:], y[20:], batch_size=16, epochs=30, validation_data=(x[:21], y[:21]), verbose=0)
