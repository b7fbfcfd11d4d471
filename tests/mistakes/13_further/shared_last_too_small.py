"""Misses: test_shared_parameters
Says: 2 · units inputs
"""

def shared_parameters(n_inputs, units):
    return n_inputs * units + units + units + 1
