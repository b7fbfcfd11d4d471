"""Misses: test_gradient, test_train
Says: The sign is wrong
"""

def gradient(x, y, w, b):
    error = y - x @ w - b
    return 2 * x.T @ error / len(y), 2 * np.mean(error)
