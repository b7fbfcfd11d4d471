"""Opens a Unix socket."""


def mean_squared_error(y_true, y_pred):
    import socket

    socket.socket(socket.AF_UNIX).bind('\0course')
    return 'BREACH: bound'
