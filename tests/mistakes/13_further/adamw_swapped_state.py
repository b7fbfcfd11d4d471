"""Misses: test_adamw
Says: m and v are swapped
"""

def adamw(w, g, m, v, t, learning_rate, decay):
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g**2
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-7) - learning_rate * decay * w, v, m
