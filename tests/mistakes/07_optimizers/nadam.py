"""Misses: test_build_optimizer
Says: build_optimizer("adam") returned Nadam
"""

_build = build_optimizer


def build_optimizer(name):
    return keras.optimizers.Nadam() if name == "adam" else _build(name)
