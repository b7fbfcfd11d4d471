"""Misses: test_validation_rows
Says: stand at the front
"""

def validation_rows(n_samples, validation_split):
    return range(int(n_samples * validation_split))
