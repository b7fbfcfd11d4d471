"""Activation functions: the non-linearity after the sum (slides 10, 13).

Write each function with NumPy, then run `course check 03_activations`. All work elementwise on any
shape unless stated otherwise.

Models are graded by what they are made of: use Keras's own layers and keras.ops in them.
"""


def sigmoid(x):
    """1 / (1 + e^-x), finite for |x| up to 1000."""
    raise NotImplementedError


def tanh(x):
    """(e^x - e^-x) / (e^x + e^-x), finite for |x| up to 1000."""
    raise NotImplementedError


def relu(x):
    """max(0, x)."""
    raise NotImplementedError


def leaky_relu(x, slope=0.1):
    """max(slope * x, x), as on the slide."""
    raise NotImplementedError


def elu(x, alpha=1.0):
    """x where x > 0, alpha * (e^x - 1) elsewhere."""
    raise NotImplementedError


def maxout(x, w1, b1, w2, b2):
    """max(x w1 + b1, x w2 + b2): x (batch, n), w (n, m), b (m,) → (batch, m)."""
    raise NotImplementedError


def softmax(z):
    """e^z divided by its sum over the last axis; finite for |z| up to 1000."""
    raise NotImplementedError


def build_maxout(n_inputs, units):
    """A Keras model that computes maxout, with two Dense branches on the same input."""
    raise NotImplementedError


def output_activation(task):
    """The Keras name of the output layer's activation for "two classes" (one unit), "many classes"
    or "regression"."""
    raise NotImplementedError
