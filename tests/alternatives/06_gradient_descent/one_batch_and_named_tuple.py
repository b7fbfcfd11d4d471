"""A right answer in another way: one batch and named tuple."""

from collections import namedtuple

Gradients = namedtuple("Gradients", "dw db")
_gradient = gradient


def gradient(x, y, w, b):
    return Gradients(*_gradient(x, y, w, b))


def updates_per_epoch(n_samples, batch_size):
    return np.int64((n_samples + batch_size - 1) // batch_size)
