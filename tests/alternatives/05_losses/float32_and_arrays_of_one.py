"""A right answer in another way: float32 and arrays of one."""

def mean_squared_error(y_true, y_pred):
    return np.mean((np.float32(y_true) - np.float32(y_pred)) ** 2, keepdims=True)


def mean_absolute_percentage_error(y_true, y_pred):
    return 100 * np.abs(1 - y_pred / y_true).mean()
