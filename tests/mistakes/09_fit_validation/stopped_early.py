"""Misses: test_train
Says: The slides train for 30 epochs
"""

import keras


def train(model, x, y):
    stop = keras.callbacks.EarlyStopping(patience=3)
    return model.fit(x, y, batch_size=16, epochs=30, validation_split=0.1, callbacks=[stop], verbose=0)
