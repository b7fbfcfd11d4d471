"""Misses: test_dense, test_forward, test_forward_of_linear_and_no_layers
Says: Do not use an activation here
"""

def dense(x, kernel, bias):
    return 1 / (1 + np.exp(-(x @ kernel + bias)))
