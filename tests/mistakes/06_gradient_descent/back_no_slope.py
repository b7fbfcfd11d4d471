"""Misses: test_backprop
Says: The sigmoid's slope h (1 - h) is missing in the backward pass
"""

def backprop(x, y, w1, b1, w2, b2):
    hidden = 1 / (1 + np.exp(-(x @ w1 + b1)))
    error = 2 * (hidden @ w2 + b2 - y) / y.size
    back = error @ w2.T
    return x.T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0)
