"""Misses: test_shared_parameters
Says: has a bias too
"""

def shared_parameters(n_inputs, units):
    return n_inputs * units + units + 2 * units
