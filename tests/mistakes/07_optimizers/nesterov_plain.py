"""Misses: test_nesterov, test_nesterov_over_many_steps
Says: This is plain momentum
"""

def nesterov(w, g, velocity, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * g
    return w + velocity, velocity
