"""Misses: test_gradient, test_train
Says: The bias b is missing from the prediction
"""

def gradient(x, y, w, b):
    error = x @ w - y
    return 2 * x.T @ error / len(y), 2 * np.mean(error)
