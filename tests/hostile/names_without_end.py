"""An error whose name and text are very long."""


def mean_squared_error(y_true, y_pred):
    raise type("E" * 100_000, (Exception,), {"__str__": lambda self: "x" * 10**7})()
