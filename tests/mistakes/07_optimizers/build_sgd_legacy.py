"""Misses: test_build_sgd_decays, test_build_sgd_has_momentum
Says: keras.optimizers.legacy no longer exists: write keras.optimizers.SGD(.
"""

def build_sgd(lr, momentum, decay):
    return keras.optimizers.legacy.SGD(learning_rate=lr, momentum=momentum, decay=decay)
