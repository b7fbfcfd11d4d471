"""Misses: test_build_sgd_decays
Says: weight_decay shrinks the weights, not the learning rate: use a schedul
"""

def build_sgd(lr, momentum, decay):
    return keras.optimizers.SGD(learning_rate=lr, momentum=momentum, weight_decay=decay)
