"""A table with gaps and words, from a CSV file to a trained network (slides 18 to 20).

Write each function, then run `course check 11_penguins`.

Models are graded by what they are made of: use Keras's own layers and keras.ops in them.
"""


def load(path):
    """The table in a CSV file, as a pandas DataFrame without gaps.

    Its columns are species, island, bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g,
    sex and year. Rows in which one of the four measurements is missing are left out. Where the sex
    is missing, write "unknown".
    """
    raise NotImplementedError


def prepare(table):
    """The inputs x (n, 10) and the labels y (n,) of a table from `load`, as numbers.

    The columns of x: zeros and ones for the islands Biscoe, Dream, Torgersen, then for the sexes
    female, male, unknown, then the four measurements in the table's order and units. y: 0 for
    Adelie, 1 for Chinstrap, 2 for Gentoo. A table of a single row has ten columns too.
    """
    raise NotImplementedError


def build(n_inputs):
    """A compiled Keras model that is not trained yet.

    Normalization, at least one hidden Dense layer with a non-linearity, and the probabilities of
    three species; a loss for whole-number labels; accuracy as a metric.
    """
    raise NotImplementedError


def train(x, y, seed):
    """A trained model for rows that it has not seen; at most 45 seconds of CPU time.

    x (n, 10) and y (n,) are such as `prepare` gives; the units of the measurements and the numbers
    of the species change with each run. Graded by the share of right answers on other rows: 0.75,
    0.90 and 0.96 earn a part of the points each.
    """
    raise NotImplementedError


def report(model, table):
    """How often each species is taken for which: whole numbers, (3, 3).

    Rows: the species that it is; columns: the one that the model finds most probable; both in the
    order Adelie, Chinstrap, Gentoo, also where one of them does not occur. The model takes x as
    `prepare` gives it.
    """
    raise NotImplementedError
