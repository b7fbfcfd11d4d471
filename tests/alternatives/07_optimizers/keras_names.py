"""A right answer in another way: keras names."""

_build = build_optimizer


def build_optimizer(name):
    return name if name in ("sgd", "adam", "rmsprop", "adagrad") else _build(name)
