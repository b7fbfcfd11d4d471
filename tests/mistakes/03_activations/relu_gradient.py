"""Misses: test_relu
Says: the gradient of relu
"""

def relu(x):
    return (np.asarray(x) > 0) * 1.0
