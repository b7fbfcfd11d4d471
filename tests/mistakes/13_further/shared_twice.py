"""Misses: test_shared_parameters
Says: its parameters count once
"""

def shared_parameters(n_inputs, units):
    return 2 * (n_inputs * units + units) + 2 * units + 1
