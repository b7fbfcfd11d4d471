"""Misses: test_shared_parameters
Says: not joined before
"""

def shared_parameters(n_inputs, units):
    return 2 * n_inputs * units + units + units + 1
