"""pandas' nullable columns, and a categorical species."""

def load(path):
    table = pd.read_csv(path).convert_dtypes().dropna(subset=MEASURED)
    return table.fillna({"sex": "unknown"}).astype({"species": "category"})


def prepare(table):
    hot = [table[name] == kind for name, kinds in KINDS.items() for kind in kinds]
    x = np.stack([np.asarray(column, "float32") for column in [*hot, *(table[n] for n in MEASURED)]], 1)
    return x, table["species"].astype(pd.CategoricalDtype(SPECIES)).cat.codes
