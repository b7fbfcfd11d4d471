"""Misses: test_softmax, test_softmax_of_large_inputs
Says: The division by the row's sum is missing
"""

def softmax(z):
    z = np.asarray(z, dtype=float)
    return np.exp(z - z.max(axis=-1, keepdims=True))
