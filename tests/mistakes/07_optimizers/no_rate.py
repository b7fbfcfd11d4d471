"""Misses: test_sgd
Says: The learning rate is missing
"""

def sgd(w, g, learning_rate):
    return w - g
