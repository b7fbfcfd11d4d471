"""Misses: test_build_sgd_has_momentum
Says: The momentum is not used when there is a decay
"""

right = build_sgd


def build_sgd(lr, momentum, decay):
    return right(lr, 0.0 if decay else momentum, decay)
