"""Misses: test_forward_of_linear_and_no_layers
Says: "linear" leaves the sum as it is
"""

def forward(x, layers):
    for kernel, bias, activation in layers:
        x = x @ kernel + bias
        if activation == "relu":
            x = np.maximum(x, 0)
        elif activation == "tanh":
            x = np.tanh(x)
        else:
            x = 1 / (1 + np.exp(-x))
    return x
