"""Misses: test_large_inputs
Says: e^1000 is too large
"""

def tanh(x):
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))
