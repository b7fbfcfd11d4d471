"""Misses: test_tanh, test_large_inputs
Says: This is the sigmoid
"""

def tanh(x):
    return sigmoid(x)
