"""Answers with a list 100,000 levels deep."""


def mean_squared_error(y_true, y_pred):
    deep = []
    for _ in range(100_000):
        deep = [deep]
    return deep
