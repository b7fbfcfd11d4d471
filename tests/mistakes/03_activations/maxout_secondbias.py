"""Misses: test_maxout
Says: The second branch has its own bias b2: here b1 is used twice
"""

def maxout(x, w1, b1, w2, b2):
    return np.maximum(np.dot(x, w1) + b1, np.dot(x, w2) + b1)
