"""Misses: test_gradient, test_train
Says: dw and db are swapped
"""

_gradient = gradient


def gradient(x, y, w, b):
    return _gradient(x, y, w, b)[::-1]
