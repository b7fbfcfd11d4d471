"""Loops in every function."""


def __getattr__(name):
    if name.startswith("_"):
        raise AttributeError(name)

    def loop(*a):
        while True:
            pass

    return loop
