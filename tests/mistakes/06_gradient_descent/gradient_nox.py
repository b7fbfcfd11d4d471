"""Misses: test_gradient, test_train
Says: dw is not multiplied by the inputs x
"""

def gradient(x, y, w, b):
    e = x @ w + b - y
    g = 2 * np.mean(e)
    return np.full(len(w), g), g
