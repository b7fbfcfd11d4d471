"""Misses: test_prepare, test_prepare_of_one_row, test_report
Says: The measurements were scaled
"""


raw = prepare


def prepare(table):
    x, y = raw(table)
    x[:, 6:] = (x[:, 6:] - x[:, 6:].mean(axis=0)) / (x[:, 6:].std(axis=0) + 1e-9)
    return x, y
