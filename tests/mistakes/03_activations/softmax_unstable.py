"""Misses: test_softmax_of_large_inputs
Says: subtract the row's largest entry
"""

def softmax(z):
    return np.exp(z) / np.sum(np.exp(z), axis=-1, keepdims=True)
