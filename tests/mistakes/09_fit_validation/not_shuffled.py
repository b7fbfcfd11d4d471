"""Misses: test_split
Says: not shuffled before
"""

def split(x, y, validation, test, seed):
    n = len(x)
    a, b = n - round(n * test) - round(n * validation), n - round(n * test)
    return (x[:a], y[:a]), (x[a:b], y[a:b]), (x[b:], y[b:])
