"""Misses: test_adagrad, test_adagrad_over_many_steps
Says: The old accumulator is lost: add g² to it
"""

def adagrad(w, g, accumulator, learning_rate, epsilon=1e-7):
    accumulator = g ** 2
    return w - learning_rate * g / np.sqrt(accumulator + epsilon), accumulator
