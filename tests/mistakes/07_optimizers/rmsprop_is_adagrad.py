"""Misses: test_rmsprop, test_rmsprop_over_many_steps
Says: This is Adagrad
"""

def rmsprop(w, g, average, learning_rate, rho=0.9, epsilon=1e-7):
    average = average + g**2
    return w - learning_rate * g / np.sqrt(average + epsilon), average
