"""Misses: test_adagrad, test_adagrad_over_many_steps
Says: takes the square
"""

def adagrad(w, g, accumulator, learning_rate, epsilon=1e-7):
    accumulator = accumulator + g
    return w - learning_rate * g / np.sqrt(np.abs(accumulator) + epsilon), accumulator
