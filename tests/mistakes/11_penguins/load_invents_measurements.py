"""Misses: test_load
Says: A gap was filled with a number that nobody measured
"""


def load(path):
    table = pd.read_csv(path)
    return table.fillna(table[MEASURED].mean()).fillna({"sex": "unknown"})
