"""A right answer in another way: constant without decay."""

def build_sgd(lr, momentum, decay):
    rate = lr if decay == 0 else keras.optimizers.schedules.InverseTimeDecay(lr, 10, 10 * decay)
    return keras.optimizers.SGD(rate, momentum=momentum)
