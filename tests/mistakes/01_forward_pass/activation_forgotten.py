"""Misses: test_neuron
Says: The activation is forgotten
"""

def neuron(x, w, b):
    return weighted_sum(x, w, b)
