"""Misses: test_minibatches
Says: The same seed gives another order
"""

def minibatches(n_samples, batch_size, seed):
    order = np.random.permutation(n_samples)
    return [order[start : start + batch_size] for start in range(0, n_samples, batch_size)]
