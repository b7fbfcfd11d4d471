"""Misses: test_split
Says: Another seed gives the same split
"""

def split(x, y, validation, test, seed):
    order = np.random.default_rng(0).permutation(len(x))
    n_test, n_val = round(len(x) * test), round(len(x) * validation)
    parts = order[n_test + n_val :], order[n_test : n_test + n_val], order[:n_test]
    return tuple((x[part], y[part]) for part in parts)
