"""Misses: test_adam, test_adam_over_many_steps
Says: The step uses the gradient: it uses the corrected m
"""

def adam(w, g, m, v, t, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g ** 2
    vh = v / (1 - beta_2 ** t)
    return w - learning_rate * g / (np.sqrt(vh) + epsilon), m, v
