"""Misses: test_dense, test_forward, test_forward_of_linear_and_no_layers
Says: This is relu of the sum: dense has no activation
"""

def dense(x, kernel, bias):
    return np.maximum(x @ kernel + bias, 0)
