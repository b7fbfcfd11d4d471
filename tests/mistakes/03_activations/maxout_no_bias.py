"""Misses: test_maxout
Says: The biases are missing
"""

def maxout(x, w1, b1, w2, b2):
    return np.maximum(x @ w1, x @ w2)
