"""Misses: test_weighted_sum, test_neuron
Says: The bias is added to the weights | 1 / (1 + e^-a), not 1 / 1 + e^-a
"""

def weighted_sum(x, w, b):
    return x @ (w + b)


def neuron(x, w, b):
    return 1 / 1 + np.exp(-(x @ w + b))
