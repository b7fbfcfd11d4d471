"""Misses: test_updates_per_epoch
Says: Round up only if there is a remainder
"""

def updates_per_epoch(n_samples, batch_size):
    return n_samples // batch_size + 1
