"""Misses: test_forward, test_forward_of_linear_and_no_layers
Says: Each layer has its own activation
"""

def forward(x, layers):
    for kernel, bias, _ in layers:
        x = 1 / (1 + np.exp(-dense(x, kernel, bias)))
    return x
