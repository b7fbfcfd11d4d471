"""Misses: test_minibatches
Says: short batch is dropped
"""

def minibatches(n_samples, batch_size, seed):
    order = np.random.default_rng(seed).permutation(n_samples)
    return [order[i * batch_size : (i + 1) * batch_size] for i in range(n_samples // batch_size)]
