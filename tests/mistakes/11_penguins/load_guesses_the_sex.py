"""Misses: test_load
Says: A missing sex was guessed
"""


def load(path):
    table = pd.read_csv(path).dropna(subset=MEASURED)
    return table.fillna({"sex": table["sex"].mode()[0]})
