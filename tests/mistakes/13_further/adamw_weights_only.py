"""Misses: test_adamw
Says: Return (w, m, v)
"""

def adamw(w, g, m, v, t, learning_rate, decay):
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g**2
    step = learning_rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7)
    return w - step - learning_rate * decay * w
