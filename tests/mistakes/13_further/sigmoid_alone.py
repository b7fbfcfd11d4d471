"""Misses: test_silu
Says: This is the sigmoid alone
"""

def silu(x):
    return 1 / (1 + np.exp(-x))
