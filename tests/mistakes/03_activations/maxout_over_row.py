"""Misses: test_maxout
Says: the largest entry of each row
"""

def maxout(x, w1, b1, w2, b2):
    return np.maximum(x @ w1 + b1, x @ w2 + b2).max(axis=1)
