"""Misses: test_backprop
Says: The biases sum over the batch: the mean is already in the error
"""

def backprop(x, y, w1, b1, w2, b2):
    h = 1 / (1 + np.exp(-(x @ w1 + b1)))
    d = 2 * (h @ w2 + b2 - y) / y.size
    dh = (d @ w2.T) * h * (1 - h)
    return x.T @ dh, dh.mean(0), h.T @ d, d.mean(0)
