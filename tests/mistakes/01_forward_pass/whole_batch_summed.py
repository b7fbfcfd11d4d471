"""Misses: test_weighted_sum, test_neuron
Says: each row of x has its own sum
"""

def weighted_sum(x, w, b):
    return np.sum(x * w) + b
