"""Misses: test_silu_slope
Says: slope of the sigmoid alone
"""

def silu_slope(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)
