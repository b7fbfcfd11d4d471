"""Misses: test_report
Says: Rows and columns are exchanged
"""


asked = report


def report(model, table):
    return asked(model, table).T
