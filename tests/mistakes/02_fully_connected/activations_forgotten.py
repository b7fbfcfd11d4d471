"""Misses: test_forward
Says: The activations are missing
"""

def forward(x, layers):
    for kernel, bias, _ in layers:
        x = dense(x, kernel, bias)
    return x
