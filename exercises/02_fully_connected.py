"""Fully connected networks: every input reaches every unit (slide 5).

Write each function, then run `course check 02_fully_connected`.

Models are graded by what they are made of: use Keras's own layers and keras.ops in them.
"""


def dense(x, kernel, bias):
    """One layer without activation: x (batch, n), kernel (n, m), bias (m,) → (batch, m)."""
    raise NotImplementedError


def forward(x, layers):
    """The output of a network: layers = [(kernel, bias, activation), ...], activation "linear",
    "sigmoid", "relu" or "tanh"."""
    raise NotImplementedError


def count_parameters(sizes):
    """Number of weights and biases of a network with these layer sizes: [200, 128, 256, 5] →
    60037."""
    raise NotImplementedError


def build_network(sizes):
    """A built Keras model of Dense layers: sigmoid on every hidden layer, none on the last.
    sizes[0] is the number of inputs."""
    raise NotImplementedError


def fit_curve(x, y, seed):
    """Train a Keras model with one hidden layer on points of a smooth curve: x (n, 1) in [-3, 3], y
    (n, 1).

    Return it; on other points of the curve its mean squared error is at most 0.01. Under 30 s on
    one CPU core.
    """
    raise NotImplementedError
