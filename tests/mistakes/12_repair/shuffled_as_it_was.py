"""Misses: test_shuffled
Says: has another row's label
"""


def shuffled(x, y, seed):
    """The samples x (n, m) and their labels y (n,) in another order, the same for both."""
    order = np.random.default_rng(seed)
    return x[order.permutation(len(x))], y[order.permutation(len(y))]
