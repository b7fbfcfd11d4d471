"""Misses: test_forward
Says: The activations are forgotten
"""

def forward(x, layers):
    for kernel, bias, _ in layers:
        x = dense(x, kernel, bias)
    return x
