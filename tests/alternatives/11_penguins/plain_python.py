"""Lists and loops in place of pandas' and NumPy's own ways."""

import csv


def load(path):
    with open(path, newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows = [row for row in rows if "NA" not in [row[name] for name in MEASURED]]
    for row in rows:
        row["sex"] = "unknown" if row["sex"] == "NA" else row["sex"]
        row |= {name: float(row[name]) for name in MEASURED}
        row["year"] = int(row["year"])
    return pd.DataFrame(rows)


def prepare(table):
    x, y = [], []
    for row in table.to_dict("records"):
        hot = [float(row[name] == kind) for name, kinds in KINDS.items() for kind in kinds]
        x.append(hot + [row[name] for name in MEASURED])
        y.append(SPECIES.index(row["species"]))
    return x, y


def report(model, table):
    x, y = prepare(table)
    counts = [[0] * 3 for _ in range(3)]
    for true, p in zip(y, model.predict(np.array(x), verbose=0), strict=True):
        counts[true][int(np.argmax(p))] += 1
    return counts
