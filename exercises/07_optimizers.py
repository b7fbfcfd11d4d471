"""Optimizers: how the gradient becomes a step (slide 16).

Write each rule as Keras does it, then run `course check 07_optimizers`. w, g and the states are
arrays of the same shape; each rule returns the new weights and its new state.
"""


def sgd(w, g, learning_rate):
    """w - learning_rate * g."""
    raise NotImplementedError


def momentum(w, g, velocity, learning_rate, momentum):
    """velocity = momentum * velocity - learning_rate * g; w + velocity. Returns (w, velocity)."""
    raise NotImplementedError


def nesterov(w, g, velocity, learning_rate, momentum):
    """The velocity as in momentum, then w + momentum * velocity - learning_rate * g. Returns (w,
    velocity)."""
    raise NotImplementedError


def adagrad(w, g, accumulator, learning_rate, epsilon=1e-7):
    """accumulator + g²; w - learning_rate * g / sqrt(accumulator + epsilon). Returns (w,
    accumulator)."""
    raise NotImplementedError


def rmsprop(w, g, average, learning_rate, rho=0.9, epsilon=1e-7):
    """average = rho * average + (1 - rho) * g²; w - learning_rate * g / sqrt(average + epsilon).
    Returns (w, average)."""
    raise NotImplementedError


def adam(w, g, m, v, t, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    """m and v are running means of g and g², each divided by 1 - beta^t, t = 1, 2, …; returns (w,
    m, v), with m and v not divided.

    w - learning_rate * (m / (1 - beta_1^t)) / (sqrt(v / (1 - beta_2^t)) + epsilon).
    """
    raise NotImplementedError


def build_sgd(lr, momentum, decay):
    """The slides' SGD(lr=..., momentum=..., decay=...) as a Keras 3 optimizer: at update t (from 0)
    its rate is lr / (1 + decay t)."""
    raise NotImplementedError


def build_optimizer(name):
    """A Keras optimizer of the kind "sgd", "momentum", "nesterov", "adagrad", "rmsprop" or
    "adam"."""
    raise NotImplementedError
