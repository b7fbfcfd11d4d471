"""Misses: test_forward
Says: tanh is used where the layer asks for sigmoid
"""

def forward(x, layers):
    h = np.asarray(x)
    for W, c, name in layers:
        h = h @ W + c
        if name in ("sigmoid", "tanh"):
            h = np.tanh(h)
        elif name == "relu":
            h = np.where(h > 0, h, 0)
    return h
