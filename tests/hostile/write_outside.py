"""Writes outside its folder."""


def mean_squared_error(y_true, y_pred):
    open('/tmp/course-breach', 'w').write('x')
    return 'BREACH: written'
