"""Misses: test_split
Says: rows are in both parts
"""


def split(x, y):
    """The first 80 % of the rows for training, the others for the test: x_train, y_train, x_test, y_test."""
    first = len(x) * 8 // 10
    return x[:first], y[:first], x[first // 2 :], y[first // 2 :]
