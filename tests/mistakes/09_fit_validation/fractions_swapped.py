"""Misses: test_split
Says: Validation and test are swapped
"""

def split(x, y, validation, test, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    n_test, n_val = round(len(x) * validation), round(len(x) * test)
    parts = order[n_test + n_val :], order[n_test : n_test + n_val], order[:n_test]
    return tuple((x[part], y[part]) for part in parts)
