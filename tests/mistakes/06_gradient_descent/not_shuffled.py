"""Misses: test_minibatches
Says: not shuffled
"""

def minibatches(n_samples, batch_size, seed):
    order = np.arange(n_samples)
    return [order[start : start + batch_size] for start in range(0, n_samples, batch_size)]
