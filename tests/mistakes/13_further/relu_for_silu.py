"""Misses: test_silu
Says: This is ReLU
"""

def silu(x):
    return np.maximum(x, 0)
