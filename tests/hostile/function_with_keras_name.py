"""A function that says that it is Keras's own."""


def mean_squared_error(y_true, y_pred):
    return mean_squared_error


mean_squared_error.__module__ = "keras.losses"


def choose_loss(task):
    return mean_squared_error
