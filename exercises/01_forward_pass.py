"""The forward pass: inputs, weights, sum, activation (slides 3, 4).

Write each function, then run `course check 01_forward_pass`. x has shape (batch, n), w (n,), b is a
number.

Models are graded by what they are made of: use Keras's own layers and keras.ops in them.
"""


def weighted_sum(x, w, b):
    """Σ x_i w_i + b for every row of x: shape (batch,)."""
    raise NotImplementedError


def neuron(x, w, b):
    """σ(Σ x_i w_i + b) with σ(a) = 1 / (1 + e^-a): shape (batch,)."""
    raise NotImplementedError


def build_neuron(n_inputs):
    """A Keras model with one Dense unit and sigmoid; it knows its input size, so it has n_inputs +
    1 parameters."""
    raise NotImplementedError


def set_neuron(model, w, b):
    """Put w (n,) and b into such a model and return it; it then predicts what `neuron` returns."""
    raise NotImplementedError
