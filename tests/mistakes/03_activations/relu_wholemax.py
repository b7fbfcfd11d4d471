"""Misses: test_relu
Says: Python's max, min, if and `and` take one number, not an array: use np.
"""

def relu(x):
    return max(0, x)
