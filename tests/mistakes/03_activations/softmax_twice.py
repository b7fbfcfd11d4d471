"""Misses: test_softmax, test_softmax_of_large_inputs
Says: Softmax is applied twice
"""

_softmax = softmax


def softmax(z):
    return _softmax(_softmax(z))
