"""Misses: test_dense, test_forward, test_forward_of_linear_and_no_layers
Says: An activation does not belong in here
"""

def dense(x, kernel, bias):
    return 1 / (1 + np.exp(-(x @ kernel + bias)))
