"""Misses: test_load
Says: Rows whose sex is missing are left out too
"""


def load(path):
    return pd.read_csv(path).dropna().reset_index(drop=True)
