"""Misses: test_build_sgd_decays
Says: The rate decays too slowly: decay_steps is 1
"""

def build_sgd(lr, momentum, decay):
    s = keras.optimizers.schedules.InverseTimeDecay(lr, decay_steps=1000, decay_rate=decay)
    return keras.optimizers.SGD(learning_rate=s, momentum=momentum)
