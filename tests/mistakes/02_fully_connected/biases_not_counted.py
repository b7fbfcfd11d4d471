"""Misses: test_count_parameters
Says: The biases are missing
"""

def count_parameters(sizes):
    return sum(n * m for n, m in itertools.pairwise(sizes))
