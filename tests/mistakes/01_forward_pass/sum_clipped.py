"""Misses: test_neuron
Says: expected
"""

def neuron(x, w, b):
    return 1 / (1 + np.exp(-np.clip(weighted_sum(x, w, b), -6, 6)))
