"""Answers with a generator without end."""


def mean_squared_error(y_true, y_pred):
    import itertools

    return itertools.count()
