"""Misses: test_rmsprop, test_rmsprop_over_many_steps
Says: The factor 1 - rho before g² is missing
"""

def rmsprop(w, g, average, learning_rate, rho=0.9, epsilon=1e-7):
    average = rho * average + g ** 2
    return w - learning_rate * g / np.sqrt(average + epsilon), average
