"""Misses: test_sgd
Says: The learning rate is forgotten
"""

def sgd(w, g, learning_rate):
    return w - g
