"""Losses: how far a prediction is from the answer, as one number (slides 6, 14, 15).

Write each function, then run `course check 05_losses`. Arrays are NumPy arrays of equal shape;
every result is the mean.
"""


def mean_squared_error(y_true, y_pred):
    """Mean of (y_true - y_pred)²."""
    raise NotImplementedError


def root_mean_squared_error(y_true, y_pred):
    """Square root of the mean squared error."""
    raise NotImplementedError


def mean_absolute_error(y_true, y_pred):
    """Mean of |y_true - y_pred|."""
    raise NotImplementedError


def mean_absolute_percentage_error(y_true, y_pred):
    """Mean of |y_true - y_pred| / |y_true|, times 100."""
    raise NotImplementedError


def mean_squared_logarithmic_error(y_true, y_pred):
    """Mean of (log(1 + y_true) - log(1 + y_pred))²."""
    raise NotImplementedError


def binary_crossentropy(y_true, y_pred):
    """Mean of -(y log p + (1 - y) log(1 - p)), with p clipped to [1e-7, 1 - 1e-7]."""
    raise NotImplementedError


def categorical_crossentropy(y_true, y_pred):
    """Mean over the rows of -Σ y log p, with p clipped to [1e-7, 1 - 1e-7]; y_true is one-hot."""
    raise NotImplementedError


def choose_loss(task):
    """The Keras loss (a name or a Loss object) for "regression", "two classes", "one-hot classes"
    or "integer classes"."""
    raise NotImplementedError


def slide_example():
    """The slides' five worked values as Keras computes them: a dict from loss name to number.

    Cross-entropy: answer (0, 1), prediction (0.9, 0.1). The four others: answer (0.9, 0.1),
    prediction (0.8, 0.2).
    """
    raise NotImplementedError
