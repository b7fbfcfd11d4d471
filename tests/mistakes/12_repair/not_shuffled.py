"""Misses: test_shuffled
Says: The order is still the old one
"""


def shuffled(x, y, seed):
    return x, y
