"""Misses: test_backprop
Says: The gradients are in the wrong order
"""

_backprop = backprop


def backprop(x, y, w1, b1, w2, b2):
    dw1, db1, dw2, db2 = _backprop(x, y, w1, b1, w2, b2)
    return dw2, db2, dw1, db1
