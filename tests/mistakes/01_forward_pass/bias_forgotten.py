"""Misses: test_weighted_sum, test_neuron
Says: The bias b is forgotten.
"""

def weighted_sum(x, w, b):
    return x @ w
