"""Misses: test_momentum, test_momentum_over_many_steps
Says: The gradient has no factor 1 - momentum in Keras's rule
"""

def momentum(w, g, velocity, learning_rate, momentum):
    velocity = momentum * velocity - (1 - momentum) * learning_rate * g
    return w + velocity, velocity
