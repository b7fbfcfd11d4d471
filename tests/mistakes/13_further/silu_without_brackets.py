"""Misses: test_silu
Says: Brackets are missing
"""

def silu(x):
    return x * 1 / 1 + np.exp(-x)
