"""Misses: test_elu
Says: The argument alpha is not used
"""

def elu(x, alpha=1.0):
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))
