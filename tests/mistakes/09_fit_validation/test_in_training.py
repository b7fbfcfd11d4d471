"""Misses: test_split
Says: Some test rows are also in the training set
"""

def split(x, y, validation, test, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    n_test, n_val = round(len(x) * test), round(len(x) * validation)
    parts = order[n_val:], order[:n_val], order[-n_test:]
    return tuple((x[part], y[part]) for part in parts)
