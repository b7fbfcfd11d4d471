"""The encoders of scikit-learn."""

from sklearn.compose import make_column_transformer
from sklearn.preprocessing import OneHotEncoder


def prepare(table):
    encoder = OneHotEncoder(categories=list(KINDS.values()), sparse_output=False)
    columns = make_column_transformer((encoder, list(KINDS)), ("passthrough", MEASURED))
    return columns.fit_transform(table), np.array([SPECIES.index(n) for n in table["species"]])


def report(model, table):
    from sklearn.metrics import confusion_matrix

    x, y = prepare(table)
    return confusion_matrix(y, model.predict(x, verbose=0).argmax(axis=1), labels=[0, 1, 2])
