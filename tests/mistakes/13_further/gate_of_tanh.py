"""Misses: test_silu
Says: The gate is tanh
"""

def silu(x):
    return x * np.tanh(x)
