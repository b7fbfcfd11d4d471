"""Misses: test_dense, test_forward, test_forward_of_linear_and_no_layers
Says: The bias is missing
"""

def dense(x, kernel, bias):
    return x @ kernel
