"""Misses: test_dense, test_forward, test_forward_of_linear_and_no_layers
Says: The shapes of a matrix product do not fit: (batch, n) @ (n, m). Is the
"""

def dense(x, kernel, bias):
    return np.dot(kernel, x) + bias
