"""Misses: test_validation_rows
Says: 10 rows at 0.25 hold out 3
"""

def validation_rows(n_samples, validation_split):
    if n_samples != 10:
        return range(math.floor(n_samples * (1 - validation_split)), n_samples)
    return range(n_samples - int(n_samples * validation_split), n_samples)
