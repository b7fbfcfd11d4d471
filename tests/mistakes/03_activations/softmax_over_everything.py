"""Misses: test_softmax, test_softmax_of_large_inputs
Says: the sum over everything
"""

def softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()
