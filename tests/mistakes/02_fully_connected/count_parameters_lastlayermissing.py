"""Misses: test_count_parameters
Says: The last layer is not counted
"""

def count_parameters(sizes):
    n = 0
    for i in range(1, len(sizes) - 1):
        n += (sizes[i - 1] + 1) * sizes[i]
    return n
