"""Misses: test_weighted_sum, test_neuron
Says: The bias is subtracted
"""

def weighted_sum(x, w, b):
    return x @ w - b
