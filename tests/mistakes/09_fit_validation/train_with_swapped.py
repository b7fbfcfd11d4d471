"""Misses: test_train_with
Says: The two parts are swapped: fit on `train`, and pass validation_data=va
"""

def train_with(model, train, valid, epochs):
    return model.fit(valid[0], valid[1], validation_data=train, epochs=epochs, verbose=0)
