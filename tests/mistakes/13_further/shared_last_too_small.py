"""Misses: test_shared_parameters
Says: `units` numbers are missing
"""

def shared_parameters(n_inputs, units):
    return n_inputs * units + units + units + 1
