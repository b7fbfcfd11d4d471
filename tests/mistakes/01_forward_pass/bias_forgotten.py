"""Misses: test_weighted_sum, test_neuron
Says: The bias b is missing
"""

def weighted_sum(x, w, b):
    return x @ w
