"""Misses: test_split
Says: are in no part
"""

def split(x, y, validation, test, seed):
    n = len(x)
    order = np.random.default_rng(seed).permutation(n)
    a = int(n * (1 - validation - test))
    b = a + int(n * validation)
    return tuple((x[part], y[part]) for part in (order[:a], order[a:b], order[b : b + int(n * test)]))
