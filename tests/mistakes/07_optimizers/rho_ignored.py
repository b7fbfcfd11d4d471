"""Misses: test_rmsprop
Says: The argument rho is not used
"""

def rmsprop(w, g, average, learning_rate, rho=0.9, epsilon=1e-7):
    average = 0.9 * average + 0.1 * g**2
    return w - learning_rate * g / np.sqrt(average + epsilon), average
