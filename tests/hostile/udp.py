"""Opens a UDP socket."""


def mean_squared_error(y_true, y_pred):
    import socket

    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))
    return 'BREACH: sent'
