"""Misses: test_build_optimizer
Says: the momentum is 0
"""

_build = build_optimizer


def build_optimizer(name):
    return keras.optimizers.SGD() if name == "momentum" else _build(name)
