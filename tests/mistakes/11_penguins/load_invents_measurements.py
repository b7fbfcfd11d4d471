"""Misses: test_load
Says: A gap among the measurements was filled
"""


def load(path):
    table = pd.read_csv(path)
    return table.fillna(table[MEASURED].mean()).fillna({"sex": "unknown"})
