"""Misses: test_count_parameters
Says: one bias per unit
"""

def count_parameters(sizes):
    return sum(n * m + 1 for n, m in itertools.pairwise(sizes))
