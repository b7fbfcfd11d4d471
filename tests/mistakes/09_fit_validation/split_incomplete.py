"""Misses: test_split
Says: are in no part
"""

def split(x, y, validation, test, seed):
    i = np.random.default_rng(seed).permutation(len(x))
    n = len(x)
    nv, nt = int(round(n * validation)), int(round(n * test))
    a = i[:n - nv - nt - 5]
    b = i[n - nv - nt:n - nt]
    c = i[n - nt:]
    return (x[a], y[a]), (x[b], y[b]), (x[c], y[c])
