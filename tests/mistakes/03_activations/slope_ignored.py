"""Misses: test_leaky_relu
Says: The argument slope is not used
"""

def leaky_relu(x, slope=0.1):
    return np.maximum(0.1 * x, x)
