"""Misses: test_build_optimizer
Says: nesterov=True is missing
"""

_build = build_optimizer


def build_optimizer(name):
    return keras.optimizers.SGD(momentum=0.9) if name == "nesterov" else _build(name)
