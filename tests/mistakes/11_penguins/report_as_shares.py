"""Misses: test_report
Says: These are shares
"""


asked = report


def report(model, table):
    counts = asked(model, table)
    return counts / counts.sum()
