"""Misses: test_momentum
Says: belongs inside the velocity
"""

def momentum(w, g, velocity, learning_rate, momentum):
    velocity = momentum * velocity + g
    return w - learning_rate * velocity, velocity
