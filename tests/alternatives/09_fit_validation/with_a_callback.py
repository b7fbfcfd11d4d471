"""A right answer in another way: with a callback."""

import keras


def train_with(model, train, valid, epochs):
    stop = keras.callbacks.TerminateOnNaN()
    return model.fit(*train, batch_size=8, epochs=epochs, validation_data=tuple(valid), callbacks=[stop], verbose=2)
