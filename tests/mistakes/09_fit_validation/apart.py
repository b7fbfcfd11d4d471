"""Misses: test_split
Says: Rows and labels are shuffled separately
"""

def split(x, y, validation, test, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    n_test, n_val = round(len(x) * test), round(len(x) * validation)
    parts = order[n_test + n_val :], order[n_test : n_test + n_val], order[:n_test]
    return tuple((x[part], np.random.permutation(y)[part]) for part in parts)
