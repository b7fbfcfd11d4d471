"""Misses: test_relu
Says: not iterable
"""

def relu(x):
    return np.array([[max(0, value) for value in row] for row in x])
