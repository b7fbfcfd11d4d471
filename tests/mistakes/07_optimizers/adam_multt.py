"""Misses: test_adam, test_adam_over_many_steps
Says: The correction ignores t: divide by 1 - beta**t
"""

def adam(w, g, m, v, t, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g ** 2
    mh = m / (1 - beta_1)
    vh = v / (1 - beta_2)
    return w - learning_rate * mh / (np.sqrt(vh) + epsilon), m, v
