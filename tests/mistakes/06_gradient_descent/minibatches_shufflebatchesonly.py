"""Misses: test_minibatches
Says: Only the batches, or the samples inside them, are shuffled: shuffle al
"""

def minibatches(n_samples, batch_size, seed):
    idx = np.arange(n_samples)
    b = [idx[i:i + batch_size] for i in range(0, n_samples, batch_size)]
    order = np.random.default_rng(seed).permutation(len(b))
    return [b[i] for i in order]
