"""Misses: test_elu
Says: The minus 1 is missing
"""

def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.exp(np.minimum(x, 0)))
