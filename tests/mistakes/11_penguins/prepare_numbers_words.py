"""Misses: test_prepare, test_prepare_of_one_row, test_report
Says: The words are numbered
"""


def prepare(table):
    numbered = [pd.Categorical(table[name], kinds).codes for name, kinds in KINDS.items()]
    x = np.column_stack([*numbered, table[MEASURED].to_numpy()])
    return x, pd.Categorical(table["species"], SPECIES).codes
