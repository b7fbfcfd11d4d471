"""A right answer in another way: the weights shrink first, as Keras does it, and Adam is a function of its own."""


def adam_step(g, m, v, t, rate, b1=0.9, b2=0.999):
    m += (g - m) * (1 - b1)
    v += (g * g - v) * (1 - b2)
    return rate * np.sqrt(1 - b2**t) / (1 - b1**t) * m / (np.sqrt(v) + 1e-7 * np.sqrt(1 - b2**t)), m, v


def adamw(w, g, m, v, t, learning_rate, decay):
    shrunk = w * (1 - learning_rate * decay)
    step, m, v = adam_step(np.array(g), np.array(m), np.array(v), t, learning_rate)
    return [shrunk - step, m, v]
