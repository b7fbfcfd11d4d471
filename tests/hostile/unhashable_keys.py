"""A mapping whose keys are nothing that a dict can hold."""
from collections.abc import Mapping


class Keys(Mapping):
    def __getitem__(self, key):
        return 1

    def __iter__(self):
        yield [1]

    def __len__(self):
        return 1

    def items(self):
        return [([1], 1), ({}, 2)]


def mean_squared_error(y_true, y_pred):
    return Keys()


def slide_example():
    return Keys()
