"""Misses: test_neuron
Says: This is a step from 0 to 1
"""

def neuron(x, w, b):
    return np.where(x @ w + b > 0, 1, 0)
