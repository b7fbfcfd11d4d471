"""Misses: test_shared_parameters
Says: The biases are missing
"""

def shared_parameters(n_inputs, units):
    return n_inputs * units + 2 * units
