"""Misses: test_load
Says: The sex still has gaps
"""


def load(path):
    return pd.read_csv(path).dropna(subset=MEASURED)
