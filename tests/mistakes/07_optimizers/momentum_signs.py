"""Misses: test_momentum
Says: The velocity's sign is the opposite of Keras's: velocity = momentum * 
"""

def momentum(w, g, velocity, learning_rate, momentum):
    velocity = momentum * velocity + learning_rate * g
    return w - velocity, velocity
