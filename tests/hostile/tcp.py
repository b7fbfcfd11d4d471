"""Connects over TCP."""


def mean_squared_error(y_true, y_pred):
    import socket

    socket.create_connection(('127.0.0.1', 80), 1)
    return 'BREACH: connected'
