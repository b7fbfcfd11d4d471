"""Fit and validation: train on one part of the data, judge on another (slides 18, 19, 20).

Write each function, then run `course check 09_fit_validation`.
"""


def split(x, y, validation, test, seed):
    """Shuffle by `seed` and split by fractions: ((x_train, y_train), (x_val, y_val), (x_test,
    y_test))."""
    raise NotImplementedError


def train(model, x, y):
    """The slides' fit on a compiled model: batch size 16, 30 epochs, shuffle, 10 %
    validation_split, no output. Returns the History."""
    raise NotImplementedError


def train_with(model, train, valid, epochs):
    """Fit on train = (x, y) with validation data valid = (x, y), for the given number of epochs.
    Returns the History."""
    raise NotImplementedError


def validation_rows(n_samples, validation_split):
    """The indices of the rows that Keras's validation_split holds out: the last ones, cut at
    floor(n · (1 - fraction))."""
    raise NotImplementedError


def best_epoch(history):
    """The epoch, from 0, with the lowest validation loss: history is a dict of lists as in
    History.history."""
    raise NotImplementedError


def is_overfitting(history):
    """True when the validation loss rises over the last third of the epochs while the training loss
    still falls."""
    raise NotImplementedError
