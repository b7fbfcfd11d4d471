"""Misses: test_forward_of_linear_and_no_layers
Says: Your code raised an error
"""

def forward(x, layers):
    known = {name: ACTIVATIONS[name] for name in ("sigmoid", "relu", "tanh")}
    for kernel, bias, activation in layers:
        x = known[activation](dense(x, kernel, bias))
    return x
