"""Misses: test_tanh, test_large_inputs
Says: The fraction is upside down: e^x - e^-x is above the line
"""

def tanh(x):
    x = np.clip(x, -300, 300)
    return (np.exp(x) + np.exp(-x)) / (np.exp(x) - np.exp(-x))
