"""Misses: test_gradient, test_train
Says: Only the last sample counts: add up with +=
"""

def gradient(x, y, w, b):
    n = len(x)
    for xi, yi in zip(x, y):
        e = np.dot(w, xi) + b - yi
        dw = 2 * e * xi / n
        db = 2 * e / n
    return dw, db
