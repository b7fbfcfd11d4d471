"""Optimizers: how the gradient becomes a step (slide 16).

Write each rule as Keras does it, then run `course check 07_optimizers`. w, g and the states are
arrays of the same shape; each rule returns the new weights and its new state.
"""


def sgd(w, g, learning_rate):
    """Each weight takes one step against its gradient, as long as the learning rate says."""
    raise NotImplementedError


def momentum(w, g, velocity, learning_rate, momentum):
    """v ← μ v - η g, then w ← w + v: the velocity v keeps the share μ = momentum of itself, and takes
    in the plain step with η = learning_rate. Returns (w, velocity)."""
    raise NotImplementedError


def nesterov(w, g, velocity, learning_rate, momentum):
    """The velocity as in momentum; the weights then move by the share μ of the new velocity, and
    besides by the plain step: w ← w + μ v - η g. Returns (w, velocity)."""
    raise NotImplementedError


def adagrad(w, g, accumulator, learning_rate, epsilon=1e-7):
    """The accumulator a adds up all squared gradients; the step is divided by the root of it, with
    ε = epsilon below the root: w ← w - η g / √(a + ε). Returns (w, accumulator)."""
    raise NotImplementedError


def rmsprop(w, g, average, learning_rate, rho=0.9, epsilon=1e-7):
    """As adagrad, but with a running mean in place of the sum: a ← ρ a + (1 - ρ) g², with ρ = rho.
    Returns (w, average)."""
    raise NotImplementedError


def adam(w, g, m, v, t, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    """m and v are running means of g and g², with the shares β₁ = beta_1 and β₂ = beta_2. For the step,
    m is divided by 1 - β₁ᵗ and v by 1 - β₂ᵗ, where t counts the updates from 1.

    The step is η times the corrected m, divided by the root of the corrected v plus ε (the ε is not
    below the root). Returns (w, m, v), with m and v not divided.
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
