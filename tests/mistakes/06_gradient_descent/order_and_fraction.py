"""Misses: test_step, test_train, test_updates_per_epoch
Says: return (w, b) | It is upside down
"""

def step(w, b, dw, db, learning_rate):
    return b - learning_rate * db, w - learning_rate * dw


def updates_per_epoch(n_samples, batch_size):
    return -(-batch_size // n_samples)
