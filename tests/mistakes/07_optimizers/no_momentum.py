"""Misses: test_build_sgd_has_momentum
Says: The momentum is not used
"""

def build_sgd(lr, momentum, decay):
    return keras.optimizers.SGD(learning_rate=keras.optimizers.schedules.InverseTimeDecay(lr, 1, decay))
