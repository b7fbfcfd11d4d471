"""A mapping that never ends."""
from collections.abc import Mapping


class Endless(Mapping):
    def __getitem__(self, key):
        return 1

    def __iter__(self):
        number = 0
        while True:
            yield number
            number += 1

    def __len__(self):
        return 1


def mean_squared_error(y_true, y_pred):
    return Endless()


def slide_example():
    return Endless()
