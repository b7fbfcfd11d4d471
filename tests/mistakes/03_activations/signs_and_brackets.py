"""Misses: test_sigmoid, test_large_inputs, test_elu, test_maxout
Says: This is not divided | e to the x | compared apart
"""

def sigmoid(x):
    return 1 - np.exp(-x)


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * (np.exp(-np.clip(x, -500, 0)) - 1))


def maxout(x, w1, b1, w2, b2):
    return np.maximum(x @ w1, x @ w2) + np.maximum(b1, b2)
