"""Misses: test_dense
Says: The kernel is transposed
"""

_dense = dense


def dense(x, kernel, bias):
    return x @ kernel.T + bias


def forward(x, layers):
    for kernel, bias, activation in layers:
        x = ACTIVATIONS[activation](_dense(x, kernel, bias))
    return x
