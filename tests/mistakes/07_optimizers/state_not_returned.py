"""Misses: test_momentum, test_momentum_over_many_steps
Says: The state is not returned
"""

def momentum(w, g, velocity, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * g
    return w + velocity
