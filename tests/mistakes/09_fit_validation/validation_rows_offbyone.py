"""Misses: test_validation_rows
Says: the last row is missing
"""

def validation_rows(n_samples, validation_split):
    return range(int(n_samples * (1 - validation_split)), n_samples - 1)
