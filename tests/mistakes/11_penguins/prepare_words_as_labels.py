"""Misses: test_prepare, test_prepare_of_one_row, test_report
Says: mend prepare first
"""


numbered = prepare


def prepare(table):
    return numbered(table)[0], list(table["species"])


def report(model, table):
    x, y = prepare(table)
    said = model.predict(x, verbose=0).argmax(axis=1)
    same = np.array(y)
    return [[int(np.sum((same == a) & (said == b))) for b in range(3)] for a in range(3)]
