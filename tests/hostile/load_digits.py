"""Takes the digits from the library that brings them."""


def mean_squared_error(y_true, y_pred):
    from sklearn.datasets import load_digits

    return "BREACH: " + str(load_digits().data.shape)
