"""Misses: test_forward
Says: Every activation is applied twice
"""

def forward(x, layers):
    f = {"sigmoid": lambda a: 1 / (1 + np.exp(-a)), "tanh": np.tanh, "relu": lambda a: np.maximum(a, 0), "linear": lambda a: a}
    for W, c, name in layers:
        x = f[name](f[name](x @ W + c))
    return x
