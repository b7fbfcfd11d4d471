"""Misses: test_load
Says: Rows without measurements are still in it
"""


def load(path):
    return pd.read_csv(path).fillna({"sex": "unknown"})
