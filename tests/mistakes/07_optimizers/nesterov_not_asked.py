"""Misses: test_build_sgd_has_momentum
Says: The exercise does not ask for Nesterov
"""

def build_sgd(lr, momentum, decay):
    return keras.optimizers.SGD(keras.optimizers.schedules.InverseTimeDecay(lr, 1, decay), momentum=momentum, nesterov=momentum > 0)
