"""A file that says that it is larger than the disk."""


def mean_squared_error(y_true, y_pred):
    with open("x", "wb") as stream:
        stream.truncate(2**40)
    return 1
