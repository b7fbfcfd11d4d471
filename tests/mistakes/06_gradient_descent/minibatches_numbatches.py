"""Misses: test_minibatches, test_train
Says: batch_size is the size of a batch, not the number of batches
"""

def minibatches(n_samples, batch_size, seed):
    idx = np.random.default_rng(seed).permutation(n_samples)
    return np.array_split(idx, batch_size)
