"""Further: questions that no lesson answers (slides 5, 10, 15, 16, 17, 19).

Each function's rule is given in words and signs. Write it, then run `course check 13_further`. Arrays
are NumPy arrays.
"""


def silu(x):
    """x times the sigmoid of x (slide 10): newer networks often use it in place of ReLU. x has any
    shape."""
    raise NotImplementedError


def silu_slope(x):
    """The slope of `silu` at each entry of x; derive it by the product rule."""
    raise NotImplementedError


def shared_parameters(n_inputs, units):
    """How many parameters has this model (slide 5)? Two inputs of n_inputs numbers each go through
    one and the same Dense(units); both outputs, one behind the other, go into Dense(1)."""
    raise NotImplementedError


def huber(y_true, y_pred, delta):
    """The mean of a loss that a few wild answers cannot dominate (slide 15): with the error e, it is
    e² / 2 where |e| is at most delta, and delta (|e| - delta / 2) elsewhere. The arrays have any shape."""
    raise NotImplementedError


def adamw(w, g, m, v, t, learning_rate, decay):
    """One update of AdamW (slide 16): the step of `adam` in exercise 07, with beta_1 = 0.9, beta_2 =
    0.999 and epsilon = 1e-7; and in the same update the weights themselves shrink by learning_rate ·
    decay · w, with w as it was before. Returns (w, m, v)."""
    raise NotImplementedError


def top_k_accuracy(labels, probabilities, k):
    """The share of rows whose label is among the k most probable classes (slide 17). labels are whole
    numbers of shape (n,), probabilities have shape (n, classes)."""
    raise NotImplementedError


def stop_early(val_losses, patience):
    """What Keras's EarlyStopping does with a list of validation losses, one for each epoch (slide 19):
    training ends after `patience` epochs in a row that were not better than the best before them.
    Returns (how many epochs ran, index of the best of them, counted from 0)."""
    raise NotImplementedError
