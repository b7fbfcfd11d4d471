"""Misses: test_momentum, test_momentum_over_many_steps
Says: The old velocity is returned
"""

def momentum(w, g, velocity, learning_rate, momentum):
    new = momentum * velocity - learning_rate * g
    return w + new, velocity
