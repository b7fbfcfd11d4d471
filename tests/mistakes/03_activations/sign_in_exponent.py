"""Misses: test_sigmoid, test_large_inputs
Says: The sign in the exponent is wrong
"""

def sigmoid(x):
    return 1 / (1 + np.exp(x))
