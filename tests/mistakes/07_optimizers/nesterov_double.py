"""Misses: test_nesterov, test_nesterov_over_many_steps
Says: The look-ahead is momentum * velocity: here it is the whole velocity
"""

def nesterov(w, g, velocity, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * g
    return w + velocity - learning_rate * g, velocity
