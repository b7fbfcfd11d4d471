"""Tries to leave its confinement."""


def mean_squared_error(y_true, y_pred):
    import ctypes
    import os
    import resource

    libc = ctypes.CDLL(None)
    for attempt in (lambda: libc.unshare(0x10000000), lambda: libc.mount(b'/', b'/', b'', 0, b''), lambda: libc.chroot(b'/')):
        if attempt() == 0:
            return 'BREACH: changed'
    resource.setrlimit(resource.RLIMIT_CPU, (10**6, 10**6))
    return 'BREACH: limits raised'
