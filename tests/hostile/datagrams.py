"""Sends datagrams to an address of its choice."""
import socket


def mean_squared_error(y_true, y_pred):
    one, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    return "BREACH: datagrams"
