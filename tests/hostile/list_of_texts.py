"""A short list of texts, one of them long, of which NumPy makes gigabytes."""


def mean_squared_error(y_true, y_pred):
    return ["x" * 90_000] + ["y"] * 40_000
