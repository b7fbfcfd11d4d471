"""Misses: test_validation_rows
Says: These are the first rows
"""

def validation_rows(n_samples, validation_split):
    return range(int(n_samples * validation_split))
