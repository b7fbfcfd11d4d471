"""Misses: test_load
Says: not a pandas DataFrame
"""


def load(path):
    return pd.read_csv(path).dropna(subset=MEASURED)[MEASURED].to_numpy()
