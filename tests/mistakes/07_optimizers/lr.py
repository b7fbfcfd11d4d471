"""Misses: test_build_sgd_decays, test_build_sgd_has_momentum
Says: `lr` is now `learning_rate`
"""

def build_sgd(lr, momentum, decay):
    return keras.optimizers.SGD(lr=lr, momentum=momentum)
