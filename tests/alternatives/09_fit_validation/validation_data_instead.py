"""A right answer in another way: validation data instead."""

def train(model, x, y):
    cut = validation_rows(len(x), 0.1)[0]
    return model.fit(x[:cut], y[:cut], 16, 30, 0, validation_data=(x[cut:], y[cut:]))
