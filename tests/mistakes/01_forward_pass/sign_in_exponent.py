"""Misses: test_neuron
Says: sign in the exponent
"""

def neuron(x, w, b):
    return 1 / (1 + np.exp(weighted_sum(x, w, b)))
