"""Misses: test_silu_slope
Says: only the second half
"""

def silu_slope(x):
    s = 1 / (1 + np.exp(-x))
    return x * s * (1 - s)
