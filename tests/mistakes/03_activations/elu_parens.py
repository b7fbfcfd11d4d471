"""Misses: test_elu
Says: The brackets are missing: alpha * (e^x - 1), not alpha * e^x - 1
"""

def elu(x, alpha=1.0):
    x = np.asarray(x, dtype=float)
    return np.where(x > 0, x, alpha * np.exp(np.minimum(x, 0)) - 1)
