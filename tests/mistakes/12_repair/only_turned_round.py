"""Misses: test_shuffled
Says: Another seed gives the same order
"""


def shuffled(x, y, seed):
    return x[::-1], y[::-1]
