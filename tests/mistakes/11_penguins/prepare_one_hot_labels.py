"""Misses: test_prepare, test_prepare_of_one_row, test_report
Says: The labels are one-hot
"""


raw = prepare


def prepare(table):
    x, y = raw(table)
    return x, np.eye(3)[y]
