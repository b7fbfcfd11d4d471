"""Misses: test_load
Says: is given another word
"""


def load(path):
    return pd.read_csv(path).dropna(subset=MEASURED).fillna({"sex": "?"})
