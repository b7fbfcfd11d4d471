"""Misses: test_weighted_sum, test_neuron
Says: This is the mean of the products: add them up
"""

from keras import layers, ops

def weighted_sum(x, w, b):
    return ops.mean(ops.convert_to_tensor(x) * ops.convert_to_tensor(w), axis=1) + b
