"""Misses: test_forward
Says: relu is not applied: is its name spelled as in the layers?
"""

def forward(x, layers):
    h = np.asarray(x)
    for W, c, name in layers:
        h = h @ W + c
        if name == "sigmoid":
            h = 1 / (1 + np.exp(-h))
        elif name == "tanh":
            h = np.tanh(h)
        elif name == "rellu":
            h = np.maximum(h, 0)
    return h
