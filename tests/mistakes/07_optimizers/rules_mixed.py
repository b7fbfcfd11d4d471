"""Misses: test_sgd, test_momentum, test_momentum_over_many_steps, test_nesterov, test_nesterov_over_many_steps, test_adagrad, test_adagrad_over_many_steps, test_rmsprop, test_rmsprop_over_many_steps
Says: divided by the learning rate | no factor 1 - momentum | The gradient's own step is missing | The gradient is missing in the step | The old average is used | The first update is wrong already
"""

def sgd(w, g, learning_rate):
    return w - g / learning_rate


def momentum(w, g, velocity, learning_rate, momentum):
    velocity = momentum * velocity + (1 - momentum) * g
    return w - learning_rate * velocity, velocity


def nesterov(w, g, velocity, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * g
    return w + momentum * velocity, velocity


def adagrad(w, g, accumulator, learning_rate, epsilon=1e-7):
    accumulator = accumulator + g**2
    return w - learning_rate / np.sqrt(accumulator + epsilon), accumulator


def rmsprop(w, g, average, learning_rate, rho=0.9, epsilon=1e-7):
    return w - learning_rate * g / np.sqrt(average + epsilon), rho * average + (1 - rho) * g**2
