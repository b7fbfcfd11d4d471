"""Misses: test_forward, test_forward_of_linear_and_no_layers
Says: Only the first layer was computed
"""

def forward(x, layers):
    for kernel, bias, activation in layers:
        return ACTIVATIONS[activation](dense(x, kernel, bias))
