"""Misses: test_weighted_sum, test_neuron
Says: This adds up over the samples: add up over the inputs, axis=1
"""

def weighted_sum(x, w, b):
    prod = np.asarray(x) * np.asarray(w)
    return prod.sum(axis=0) + b
