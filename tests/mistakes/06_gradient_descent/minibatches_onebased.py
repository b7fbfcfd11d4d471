"""Misses: test_minibatches, test_train
Says: Indices count from 0
"""

def minibatches(n_samples, batch_size, seed):
    import random
    idx = list(range(1, n_samples + 1))
    random.Random(seed).shuffle(idx)
    return [idx[i:i + batch_size] for i in range(0, n_samples, batch_size)]
