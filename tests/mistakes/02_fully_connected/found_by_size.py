"""Misses: test_count_parameters
Says: expected
"""

def count_parameters(sizes):
    total = 0
    for units in sizes[1:]:
        before = sizes[sizes.index(units) - 1]
        total += before * units + units
    return total
