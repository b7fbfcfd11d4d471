"""Misses: test_adagrad, test_adagrad_over_many_steps
Says: The square root is missing
"""

def adagrad(w, g, accumulator, learning_rate, epsilon=1e-7):
    accumulator = accumulator + g**2
    return w - learning_rate * g / (accumulator + epsilon), accumulator
