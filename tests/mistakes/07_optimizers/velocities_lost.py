"""Misses: test_sgd, test_momentum, test_momentum_over_many_steps, test_nesterov, test_nesterov_over_many_steps, test_adagrad, test_adagrad_over_many_steps, test_rmsprop, test_rmsprop_over_many_steps, test_build_sgd_decays
Says: that is handed in is not used | not multiplied by momentum | it takes no look ahead | This walks uphill | return the average without it | use the state that is handed in | the same for all updates
"""

def sgd(w, g, learning_rate):
    return w - 0.01 * g


def momentum(w, g, velocity, learning_rate, momentum):
    velocity = velocity - learning_rate * g
    return w + velocity, velocity


def nesterov(w, g, velocity, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * g
    return w + momentum * velocity - learning_rate * g, momentum * velocity - learning_rate * g


def adagrad(w, g, accumulator, learning_rate, epsilon=1e-7):
    accumulator = accumulator + g**2
    return w + learning_rate * g / np.sqrt(accumulator + epsilon), accumulator


def rmsprop(w, g, average, learning_rate, rho=0.9, epsilon=1e-7):
    average = rho * average + (1 - rho) * g**2
    return w - learning_rate * g / np.sqrt(average + epsilon), np.sqrt(average)


def build_sgd(lr, momentum, decay):
    return keras.optimizers.SGD(lr * (1 - decay), momentum)
