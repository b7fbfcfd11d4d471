"""Misses: test_silu_slope
Says: only the first half
"""

def silu_slope(x):
    return 1 / (1 + np.exp(-x))
