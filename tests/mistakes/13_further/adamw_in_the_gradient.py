"""Misses: test_adamw
Says: The decay went into the gradient
"""

def adamw(w, g, m, v, t, learning_rate, decay):
    g = g + decay * w
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g**2
    step = learning_rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7)
    return w - step, m, v
