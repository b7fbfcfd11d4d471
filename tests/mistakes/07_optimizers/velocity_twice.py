"""Misses: test_momentum, test_momentum_over_many_steps, test_nesterov, test_nesterov_over_many_steps
Says: The velocity is subtracted | The velocity is added too
"""

def momentum(w, g, velocity, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * g
    return w - velocity, velocity


def nesterov(w, g, velocity, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * g
    return w + velocity + momentum * velocity, velocity
