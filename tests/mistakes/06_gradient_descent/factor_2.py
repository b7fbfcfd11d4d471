"""Misses: test_gradient
Says: The factor 2
"""

def gradient(x, y, w, b):
    error = x @ w + b - y
    return x.T @ error / len(y), np.mean(error)
