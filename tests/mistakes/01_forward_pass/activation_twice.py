"""Misses: test_neuron
Says: applied twice
"""

def neuron(x, w, b):
    once = 1 / (1 + np.exp(-weighted_sum(x, w, b)))
    return 1 / (1 + np.exp(-once))
