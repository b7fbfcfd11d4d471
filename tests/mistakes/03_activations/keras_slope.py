"""Misses: test_leaky_relu
Says: Keras's LeakyReLU default
"""

def leaky_relu(x, slope=0.3):
    return np.where(x > 0, x, slope * x)
