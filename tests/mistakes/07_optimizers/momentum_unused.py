"""Misses: test_momentum, test_momentum_over_many_steps
Says: plain gradient descent
"""

def momentum(w, g, velocity, learning_rate, momentum):
    velocity = -learning_rate * g
    return w + velocity, velocity
