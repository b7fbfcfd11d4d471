"""Misses: test_step, test_train, test_updates_per_epoch
Says: It is not a tuple: return (w, b) | This is the number of samples
"""

def step(w, b, dw, db, learning_rate):
    return w - learning_rate * dw


def updates_per_epoch(n_samples, batch_size):
    return n_samples
