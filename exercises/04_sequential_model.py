"""The Sequential model: layers one after another, and what its summary says (slides 9, 11, 12).

Write each function, then run `course check 04_sequential_model`.

Models are graded by what they are made of: use Keras's own layers and keras.ops in them.
"""


def build_model():
    """The slides' network on 200 inputs, with exactly their summary (60,037 parameters).

    Dense 128, Activation sigmoid, Dense 256, Activation sigmoid, Dense 5, Activation softmax.
    """
    raise NotImplementedError


def build_compact_model():
    """The same function with three Dense layers and `activation=`."""
    raise NotImplementedError


def parameter_table(model):
    """For a built Sequential model, a list with one (layer class name, output units, parameter
    count) per layer."""
    raise NotImplementedError
