"""Misses: test_neuron
Says: The bias belongs inside the activation: add it before the sigmoid
"""

def neuron(x, w, b):
    return 1 / (1 + np.exp(-np.dot(x, w))) + b
