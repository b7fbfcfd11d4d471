"""Misses: test_rmsprop, test_rmsprop_over_many_steps
Says: rho and 1 - rho are swapped
"""

def rmsprop(w, g, average, learning_rate, rho=0.9, epsilon=1e-7):
    average = (1 - rho) * average + rho * g**2
    return w - learning_rate * g / np.sqrt(average + epsilon), average
