"""Misses: test_backprop
Says: Did you mean `
"""

def backprop(x, y, w1, b1, w2, b2):
    h = sgm(x @ w1 + b1)
    d = 2 * (h @ w2 + b2 - y) / y.size
    dh = (d @ w2.T) * sgm(h) * (1 - sgm(h))
    return x.T @ dh, dh.sum(axis=0), h.T @ d, d.sum(axis=0)
