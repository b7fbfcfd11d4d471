"""Gradient descent: walk down the loss (slides 2, 6, 7).

Write each function, then run `course check 06_gradient_descent`. The loss is the mean squared
error; x is (batch, n).
"""


def gradient(x, y, w, b):
    """Gradients (dw, db) of the mean squared error of x·w + b: y (batch,), w and dw (n,), b and db
    numbers."""
    raise NotImplementedError


def step(w, b, dw, db, learning_rate):
    """(w, b) after one step against the gradient."""
    raise NotImplementedError


def updates_per_epoch(n_samples, batch_size):
    """The number of updates in one epoch; the last batch may be smaller."""
    raise NotImplementedError


def minibatches(n_samples, batch_size, seed):
    """One epoch's batches: a list of index arrays that hold every sample exactly once, shuffled by
    `seed`."""
    raise NotImplementedError


def train(x, y, learning_rate, epochs, batch_size, seed):
    """Mini-batch gradient descent from zeros: (w, b, losses), where losses has one mean squared
    error per epoch."""
    raise NotImplementedError


def backprop(x, y, w1, b1, w2, b2):
    """Gradients (dw1, db1, dw2, db2) of the mean squared error of sigmoid(x w1 + b1) w2 + b2.

    x (batch, n), y (batch, m), w1 (n, h), b1 (h,), w2 (h, m), b2 (m,); the mean is over all batch *
    m entries.
    """
    raise NotImplementedError
