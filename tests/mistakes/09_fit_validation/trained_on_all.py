"""Misses: test_train_with
Says: The validation rows were used for training too
"""

def train_with(model, train, valid, epochs):
    x, y = (np.concatenate(both) for both in zip(train, valid, strict=True))
    return model.fit(x, y, validation_data=valid, epochs=epochs, verbose=0)
