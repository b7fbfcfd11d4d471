"""Misses: test_neuron
Says: The activation is missing
"""

def neuron(x, w, b):
    return weighted_sum(x, w, b)
