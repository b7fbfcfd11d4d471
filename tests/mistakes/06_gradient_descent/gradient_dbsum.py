"""Misses: test_gradient
Says: db is a sum: divide it by the number of samples too
"""

def gradient(x, y, w, b):
    n = len(x)
    dw = np.zeros(len(w)); db = 0.0
    for i in range(n):
        e = np.dot(x[i], w) + b - y[i]
        dw += 2 * e * x[i] / n
        db += 2 * e
    return dw, db
