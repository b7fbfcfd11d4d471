"""Misses: test_updates_per_epoch
Says: round up
"""

def updates_per_epoch(n_samples, batch_size):
    return n_samples // batch_size
