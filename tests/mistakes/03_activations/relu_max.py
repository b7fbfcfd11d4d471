"""Misses: test_relu
Says: np.max takes the largest
"""

def relu(x):
    return max(0, np.max(x))
