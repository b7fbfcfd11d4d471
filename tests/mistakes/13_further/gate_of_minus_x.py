"""Misses: test_silu
Says: The gate is the sigmoid of -x
"""

def silu(x):
    return x / (1 + np.exp(x))
