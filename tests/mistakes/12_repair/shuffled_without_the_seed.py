"""Misses: test_shuffled
Says: draw from it
"""


def shuffled(x, y, seed):
    order = np.random.default_rng().permutation(len(x))
    return x[order], y[order]
