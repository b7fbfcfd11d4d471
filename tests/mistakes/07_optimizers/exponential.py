"""Misses: test_build_sgd_decays
Says: decays exponentially
"""

def build_sgd(lr, momentum, decay):
    return keras.optimizers.SGD(learning_rate=keras.optimizers.schedules.ExponentialDecay(lr, 1, 1 - decay), momentum=momentum)
