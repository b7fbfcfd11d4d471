"""Lists the home folder."""


def mean_squared_error(y_true, y_pred):
    import os

    return 'BREACH: ' + str(os.listdir('/root'))
