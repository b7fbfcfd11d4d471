"""Misses: test_backprop
Says: The output layer is linear: here it has a sigmoid
"""

def backprop(x, y, w1, b1, w2, b2):
    h = 1 / (1 + np.exp(-(x @ w1 + b1)))
    o = 1 / (1 + np.exp(-(h @ w2 + b2)))
    d = 2 * (o - y) * o * (1 - o) / y.size
    dh = (d @ w2.T) * h * (1 - h)
    return x.T @ dh, dh.sum(0), h.T @ d, d.sum(0)
