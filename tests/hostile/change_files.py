"""Changes the mode of a file that is not its own."""


def mean_squared_error(y_true, y_pred):
    import os

    before = os.stat('/etc/ld.so.cache').st_mode
    os.chmod('/etc/ld.so.cache', before ^ 0o1)
    if os.stat('/etc/ld.so.cache').st_mode != before:
        os.chmod('/etc/ld.so.cache', before)
        return 'BREACH: changed'
    raise PermissionError
