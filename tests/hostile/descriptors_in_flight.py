"""Leaves descriptors unread in sockets: the system counts them for all processes of one user."""


def mean_squared_error(y_true, y_pred):
    import os
    import socket

    one, other = socket.socketpair()
    try:
        socket.send_fds(one, [b"x"], [os.open("/dev/null", os.O_RDONLY)])
    except OSError:
        return None
    return "BREACH: a descriptor is in flight"
