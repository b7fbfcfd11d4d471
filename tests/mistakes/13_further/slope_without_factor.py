"""Misses: test_silu_slope
Says: lacks its factor
"""

def silu_slope(x):
    s = 1 / (1 + np.exp(-x))
    return s + x * s
