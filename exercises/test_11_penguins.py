"""Checks for 11_penguins, on the penguins of Palmer Station (package palmerpenguins, CC0; Horst, Hill and Gorman, 2020).

In each run other rows have gaps and are kept for the test, the measurements are in other units for `train`, and the species
bear other numbers there.
"""

from pathlib import Path

import numpy as np
import palmerpenguins
import pandas as pd

from course.checks import (
    Miss,
    Text,
    check,
    close,
    compiled_as,
    file,
    inputs,
    is_model,
    keras,
    numbers,
    pandas,
    require,
    rows,
    student,
)

rng = inputs()
MEASURED = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
ISLANDS, SEXES = ["Biscoe", "Dream", "Torgersen"], ["female", "male", "unknown"]
SPECIES = ["Adelie", "Chinstrap", "Gentoo"]
found = pd.read_csv(Path(palmerpenguins.__file__).parent / "data" / "penguins.csv")
CLEAN = found.dropna().sample(frac=1, random_state=int(rng.integers(2**31)), ignore_index=True)


def as_csv(table):
    return table.to_csv(index=False, na_rep="NA")


# --- load ---

GAPS = CLEAN.iloc[:60].copy()
for row, name in zip(rng.choice(60, 8, replace=False), MEASURED * 2, strict=True):
    GAPS.loc[row, name] = np.nan
GAPS.loc[rng.choice(60, 9, replace=False), "sex"] = np.nan
LOADED = GAPS.dropna(subset=MEASURED).fillna({"sex": "unknown"}).reset_index(drop=True)
BOTH = len(GAPS.dropna())


def columns(answer):
    """A table as its columns, each a list. Misses for what is no table."""
    if not isinstance(answer, dict) or not answer or not all(map(np.ndim, answer.values())):
        none = Text("It returned None: is a `return` missing?")
        raise Miss(none if answer is None else Text("This is not a pandas DataFrame."), answer)
    return {name: list(column) for name, column in answer.items()}


def gaps(answer, name):
    return pd.isna(pd.Series(list(answer[name]))).any()


def length(answer):
    return len(next(iter(answer.values())))


@check(
    student.load(file("penguins.csv", as_csv(GAPS))),
    points=2,
    hint=(
        "Which gaps can be filled, and which rows must go?",
        "A row without measurements teaches nothing; a row without a sex still has its measurements.",
        "pd.read_csv, then dropna(subset=[...]) with the measurements, then fillna for the sex.",
    ),
    mistakes={
        "Rows whose sex is missing are left out too: only the four measurements must be there.": lambda a: (
            length(a) == BOTH
        ),
        "Rows without measurements are still in it.": lambda a: (
            length(a) == 60 and any(gaps(a, name) for name in MEASURED)
        ),
        "A gap among the measurements was filled: leave such a row out.": lambda a: length(a) == 60,
        'The sex still has gaps: write "unknown" there.': lambda a: gaps(a, "sex"),
        "A missing sex is given another word: write unknown.": lambda a: (
            set(a["sex"]) - set(SEXES) != set() and length(a) == len(LOADED)
        ),
        "A missing sex was guessed: write unknown.": lambda a: (
            set(a["sex"]) == {"female", "male"} and length(a) == len(LOADED)
        ),
    },
)
def test_load(answer):
    """load reads the table, leaves out rows without measurements, and names a missing sex "unknown"."""
    table = columns(answer)
    missing = [name for name in LOADED.columns if name not in table]
    require(not missing, Text("The column {name} is missing.", name=", ".join(missing[:1])), answer)
    count = Text("It has {count} rows, expected {right}.", count=length(table), right=len(LOADED))
    require(length(table) == len(LOADED), count, answer)
    for name in LOADED.columns:
        column = LOADED[name].tolist()
        same = table[name] == column
        words = any(isinstance(value, str) for value in table[name])
        if name in MEASURED:
            text = Text("The column {name} is text: make numbers of it.", name=name)
            require(not words, text, answer)
            same = not gaps(table, name) and np.allclose(table[name], column)
        require(same, Text("The column {name} differs from the file.", name=name), answer)


# --- prepare ---

GIVEN = CLEAN.iloc[60:100].reset_index(drop=True)
GIVEN.loc[rng.choice(40, 6, replace=False), "sex"] = "unknown"


def prepared(table):
    """x and y, as the exercise says."""
    hot = [
        table[name] == kind
        for name, kinds in (("island", ISLANDS), ("sex", SEXES))
        for kind in kinds
    ]
    x = np.column_stack([*hot, *(table[name] for name in MEASURED)]).astype(float)
    return x, table["species"].map(SPECIES.index).to_numpy()


def given(table):
    """This table as a DataFrame in the student's process."""
    return pandas.read_csv(file("table.csv" if len(table) > 1 else "row.csv", as_csv(table)))


def fits(answer, x, y):
    """Miss unless an answer is these two."""
    two = isinstance(answer, tuple | list) and len(answer) == 2
    require(two, "Return two things: x and y.", answer)
    try:
        for part, right, name in zip(answer, (x, y), "xy", strict=True):
            given = numbers(part, Text(name))
            close(given * 1.0 if given.dtype.kind == "b" else given, right, what=Text(name))
    except Miss as miss:
        # Known mistakes are seen by both.
        raise Miss(miss.why, answer, miss.came, miss.expected) from miss


X, Y = prepared(GIVEN)
ORDER = pd.factorize(GIVEN["species"])[0]
SCALED = (X[:, 6:] - X[:, 6:].mean(axis=0)) / X[:, 6:].std(axis=0)
PREPARED = {
    "The measurements were scaled: leave them as they are, the model has a Normalization layer.": lambda a: (
        np.shape(a[0]) == X.shape and np.abs(a[0]).max() < 20
    ),
    "The labels are one-hot: give the number of the species.": lambda a: np.shape(a[1]) == (40, 3),
    "The labels are words: give the number of the species.": lambda a: isinstance(a[1][0], str),
    "The species are numbered in the order in which they appear: Adelie is 0, Chinstrap 1, Gentoo 2.": lambda a: (
        not np.array_equal(ORDER, Y) and np.array_equal(np.ravel(a[1]), ORDER)
    ),
    "The species are numbered from 1: begin with 0.": lambda a: np.array_equal(
        np.ravel(a[1]), Y + 1
    ),
    "The columns of x are in another order: islands, sexes, measurements.": lambda a: (
        np.shape(a[0]) == X.shape
        and np.allclose(np.sort(np.asarray(a[0]).sum(axis=0)), np.sort(X.sum(axis=0)))
        and not np.allclose(a[0], X)
    ),
    "A category was left out (drop_first): each island and each sex has its own column.": lambda a: (
        np.shape(a[0]) == (40, 8)
    ),
    "The column `year` is in x: it has ten columns without it.": lambda a: (
        np.shape(a[0]) == (40, 11)
    ),
    "The words are numbered, so that one island is larger than another: a column of zeros and ones for each.": lambda a: (
        np.shape(a[0]) == (40, 6)
    ),
}


@check(
    student.prepare(given(GIVEN)),
    points=2,
    hint=(
        "How can a word become numbers without one island being larger than another?",
        "A column of zeros and ones for each island and each sex; the measurements stay as they are.",
        "pd.get_dummies(table[['island', 'sex']]) beside the measurements; the species' numbers are their alphabetical order.",
    ),
    mistakes=PREPARED,
)
def test_prepare(answer):
    """prepare gives islands and sexes as zeros and ones, then the measurements, and the species as numbers."""
    fits(answer, X, Y)


# Not the species whose number is 0: whoever numbers what a table holds is seen.
OTHERS = GIVEN[GIVEN["species"] != "Adelie"]
SINGLE = OTHERS.iloc[[int(rng.integers(len(OTHERS)))]].reset_index(drop=True)
X_ONE, Y_ONE = prepared(SINGLE)


@check(
    student.prepare(given(SINGLE)),
    points=1,
    hint=(
        "How many islands can a table of one row have?",
        "get_dummies makes columns only for what it sees: the others have to be added.",
        "pd.Categorical with all categories keeps them, and so does reindex(columns=...).",
    ),
    mistakes={
        "One row gives fewer columns, since get_dummies knows only the words that it sees: name all categories.": lambda a: (
            np.shape(a[0])[-1] < 10
        ),
        "The species of a single row is always 0: number all three names, not those of this table.": lambda a: (
            Y_ONE[0] != 0 and np.ravel(a[1])[0] == 0
        ),
    },
)
def test_prepare_of_one_row(answer):
    """prepare gives ten columns for a table of a single row too."""
    fits(answer, X_ONE, Y_ONE)


# --- build ---

N_INPUTS = int(rng.integers(4, 9))
built = student.build(N_INPUTS)


@check(
    built,
    points=2,
    hint=(
        "What comes in, what scales it, and how many classes come out?",
        "Scaling is a layer of the model, before the first Dense layer.",
        "keras.Input, keras.layers.Normalization(), Dense with relu, Dense(3, activation='softmax'); then compile.",
    ),
    mistakes={
        "The model is not returned: end with `return model`.": lambda m: m is None,
        "A model for ten inputs only: use n_inputs.": lambda m: (
            m.layers[0].output_shape[-1] != N_INPUTS
        ),
        "The loss wants one-hot labels: for whole numbers use sparse_categorical_crossentropy.": lambda m: (
            m.compiled.loss.name in ("categorical_crossentropy", "CategoricalCrossentropy")
        ),
    },
)
def test_build(answer):
    """build returns a compiled model: Normalization, a hidden layer, and the probabilities of three species."""
    model = is_model(answer)
    layers = [layer.class_name for layer in model.layers]
    require("Normalization" in layers, "It has no Normalization layer.", answer)
    dense = layers.index("Dense") if "Dense" in layers else 0
    first = layers.index("Normalization") < dense
    require(first, "Normalization comes before the first Dense layer.", answer)
    listed = rows(model)
    places = [at for at, row in enumerate(listed) if row.class_name == "Dense"]
    require(len(places) > 1, "It has no hidden Dense layer.", answer)
    between = listed[places[0] : places[-1]]
    bent = [row for row in between if row.activation not in (None, "linear") or is_activation(row)]
    require(bent, "The hidden layer has no activation.", answer)
    softmaxes = [r for r in listed if r.class_name == "Softmax" or r.activation == "softmax"]
    require(len(softmaxes) < 2, "Softmax is applied twice.", answer)
    require(
        listed[places[-1]].units == 3,
        "The last Dense layer needs three units, one for each species.",
        answer,
    )
    require(listed[-1] in softmaxes, "It does not end in softmax.", answer)
    compiled_as(answer, loss="sparse_categorical_crossentropy", metric="accuracy")


def is_activation(row):
    """Whether a layer or an operation of keras.ops is an activation by itself."""
    return row.class_name.lower().removeprefix("hard") in ACTIVATIONS


ACTIVATIONS = [
    "relu",
    "relu6",
    "leakyrelu",
    "prelu",
    "elu",
    "celu",
    "selu",
    "gelu",
    "tanh",
    "sigmoid",
    "silu",
    "softplus",
    "softsign",
    "exponential",
]

# --- train ---

x, y = prepared(CLEAN)
# Other units and numbers in each run: weights from elsewhere do not fit, and whoever learns learns as well.
x[:, 6:] *= rng.uniform(0.3, 3, 4)
y = rng.permutation(3)[y]
TRAIN = 230
X_TEST, Y_TEST = x[TRAIN:], y[TRAIN:]
trained = student.train(x[:TRAIN], y[:TRAIN], int(rng.integers(1000)))
answers = trained(X_TEST)


def share(model, answer, wanted):
    """Miss unless so large a share of the unseen rows gets its species; what explains it is said."""
    made = is_model(model)
    p = numbers(answer)
    shape = Text(
        "Each row needs three probabilities, but the output has shape {shape}.", shape=p.shape
    )
    require(p.shape == (len(Y_TEST), 3), shape, answer)
    finite = Text(
        "The outputs are not finite numbers: is the learning rate too large, or a column divided by a deviation of 0?"
    )
    require(np.isfinite(p).all(), finite, answer)
    right = float(np.mean(p.argmax(axis=1) == Y_TEST))
    if right >= wanted:
        return
    why = Text(
        "It gets {right} of the unseen rows right: train longer, or with a larger rate.",
        right=f"{right:.3f}",
    )
    scales = [layer for layer in made.layers if "Normalization" in layer.class_name]
    # As long as nothing is measured, the mean is 0 and the variance 1.
    columns = [w for w in made.weights if w.shape == (10,)]
    unmeasured = any(not w.any() for w in columns) and any((w == 1).all() for w in columns)
    if not scales:
        why = Text(
            "The columns are not on one scale: begin the model with a Normalization layer that is adapted to x."
        )
    elif unmeasured and all(scale.config.get("mean") is None for scale in scales):
        why = Text("The Normalization layer was not adapted: call its adapt(x) before training.")
    raise Miss(why, model, f"{right:.3f}", Text("at least {wanted}", wanted=wanted))


@check(
    trained,
    answers,
    points=1,
    seconds=45,
    hint=(
        "What must the Normalization layer see before the training?",
        "Normalization, adapt(x), then fit.",
    ),
)
def test_train_simple(model, answer):
    """train's model gets at least 0.75 of unseen rows right, far more than always the same species."""
    share(model, answer, 0.75)


@check(
    trained,
    answers,
    points=1,
    seconds=45,
    hint=(
        "The measurements differ by a factor of hundreds: which layer helps?",
        "Normalization, with adapt(x) on the training rows, before the first Dense layer.",
    ),
)
def test_train_strong(model, answer):
    """train's model gets at least 0.90 of unseen rows right."""
    share(model, answer, 0.90)


@check(
    trained,
    answers,
    points=1,
    seconds=45,
    hint=(
        "Does the training loss still fall at the end? Then more epochs, or a larger learning rate.",
        "Print the last losses: if they still fall, 50 epochs with Adam at 0.01 are cheap.",
    ),
)
def test_train_boss(model, answer):
    """train's model gets at least 0.96 of unseen rows right."""
    share(model, answer, 0.96)


# --- report ---

FEW = GIVEN[GIVEN["species"] != "Chinstrap"].reset_index(drop=True)
X_FEW, Y_FEW = prepared(FEW)
# A network of the checks' own, whose answers are wrong now and then, and never Gentoo.
V = rng.normal(size=(10, 3))
X_ALL, _ = prepared(CLEAN)
W = V / np.maximum(X_ALL.std(axis=0), 0.1)[:, None]
B = -X_ALL.mean(axis=0) @ W
B[2] -= 1e4
network = keras.Sequential([keras.Input((10,)), keras.layers.Dense(3, activation="softmax")])


def counts(x, y):
    table = np.zeros((3, 3), int)
    np.add.at(table, (y, (x @ W + B).argmax(axis=1)), 1)
    return table


COUNTS, COUNTS_FEW = counts(X, Y), counts(X_FEW, Y_FEW)


@check(
    network.set_weights([W, B]),
    student.prepare(given(GIVEN)),
    student.report(network, given(GIVEN)),
    student.report(network, given(FEW)),
    points=2,
    hint=(
        "How large is the table, if one species is never predicted?",
        "Row: the species that it is; column: the species that is read. Always three of each.",
        "Count pairs of numbers, not of names that happen to occur: np.add.at, keras.ops or reindex after pd.crosstab.",
    ),
    mistakes={
        "Rows and columns are exchanged: a row is the species that it is.": COUNTS.T,
        "A species that does not occur is missing: the table is always (3, 3).": lambda a: (
            len(np.shape(a)) == 2 and np.shape(a) != (3, 3)
        ),
        "These are shares: count whole rows.": lambda a: (
            np.shape(a) == (3, 3) and np.any(np.asarray(a) % 1 > 0)
        ),
        "This is one number: give the table of counts.": lambda a: np.ndim(a) == 0,
        "These are the model's predictions: count how often each one occurs.": lambda a: (
            len(a) == len(Y)
        ),
    },
)
def test_report(_, given_to_it, answer, few):
    """report counts how often each species is taken for which, also where one does not occur."""
    try:
        close(answer, COUNTS)
        close(few, COUNTS_FEW)
    except Miss:
        try:
            fits(given_to_it, X, Y)
        except Miss as miss:
            why = Text("report uses prepare, which is not right yet: mend prepare first.")
            raise Miss(why, given_to_it, miss.came, miss.expected) from miss
        raise
