"""Misses: test_build_sgd_decays
Says: The decay is ignored
"""

def build_sgd(lr, momentum, decay):
    return keras.optimizers.SGD(learning_rate=lr, momentum=momentum, decay=decay)
