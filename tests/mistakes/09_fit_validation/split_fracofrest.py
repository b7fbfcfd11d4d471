"""Misses: test_split
Says: A fraction is taken of what is left: both fractions are of all rows
"""

def split(x, y, validation, test, seed):
    i = np.random.default_rng(seed).permutation(len(x))
    nt = int(round(len(x) * test))
    c, rest = i[:nt], i[nt:]
    nv = int(round(len(rest) * validation))
    b, a = rest[:nv], rest[nv:]
    return (x[a], y[a]), (x[b], y[b]), (x[c], y[c])
