"""Misses: test_weighted_sum, test_neuron
Says: multiplied but not added up
"""

def weighted_sum(x, w, b):
    return x * w + b
