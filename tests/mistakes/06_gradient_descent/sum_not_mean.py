"""Misses: test_gradient
Says: gradient of the sum
"""

def gradient(x, y, w, b):
    error = x @ w + b - y
    return 2 * x.T @ error, 2 * np.sum(error)
