"""Misses: test_shared_parameters
Says: The last layer is missing
"""

def shared_parameters(n_inputs, units):
    return n_inputs * units + units
