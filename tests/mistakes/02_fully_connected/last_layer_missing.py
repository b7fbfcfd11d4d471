"""Misses: test_dense, test_forward, test_forward_of_linear_and_no_layers
Says: The bias is added for every input | The last layer is missing
"""

def dense(x, kernel, bias):
    return np.sum(x[:, :, None] * kernel[None] + bias, axis=1)


def forward(x, layers):
    functions = {"relu": lambda a: np.maximum(a, 0), "tanh": np.tanh, "sigmoid": lambda a: 1 / (1 + np.exp(-a)), "linear": lambda a: a}
    for kernel, bias, activation in layers[:-1]:
        x = functions[activation](x @ kernel + bias)
    return x
