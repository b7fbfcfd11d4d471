"""Misses: test_sgd
Says: This walks uphill
"""

def sgd(w, g, learning_rate):
    return w + learning_rate * g
