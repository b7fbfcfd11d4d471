"""Misses: test_minibatches
Says: exactly once
"""

def minibatches(n_samples, batch_size, seed):
    rng = np.random.default_rng(seed)
    sizes = [min(batch_size, n_samples - start) for start in range(0, n_samples, batch_size)]
    return [rng.integers(0, n_samples, size) for size in sizes]
