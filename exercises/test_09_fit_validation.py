"""Checks for 09_fit_validation; what a History must hold follows from the slides' call and the number of updates."""

import math

import numpy as np

from course.checks import Miss, Text, check, close, history_of, inputs, keras, require, student

rng = inputs()
# So that sizes which are all rounded down leave a row over.
N = int(rng.integers(8, 14)) * 10 + 5
# Each row carries its own number and its label, so that rows and labels that part company are seen.
X = np.arange(N)[:, None] + rng.uniform(0, 0.4, (N, 3))
Y = np.arange(N) * 2


def pairs(answer):
    """The three (x, y) pairs of a split, as arrays."""
    require(
        isinstance(answer, list | tuple) and len(answer) == 3,
        "It does not consist of three pairs.",
        answer,
        "(train, validation, test)",
    )
    found = []
    for part in answer:
        require(
            isinstance(part, list | tuple) and len(part) == 2,
            "Each part is a pair (x, y).",
            answer,
            "(x, y)",
        )
        found.append((np.asarray(part[0], dtype=float), np.asarray(part[1], dtype=float).ravel()))
    return found


@check(
    student.split(X, Y, 0.2, 0.1, 3),
    student.split(X, Y, 0.2, 0.1, 3),
    student.split(X, Y, 0.2, 0.1, 4),
    points=3,
    hint="order = np.random.default_rng(seed).permutation(len(x)); cut `order`, and take x[part], y[part] with the same part.",
)
def test_split(answer, again, other):
    """split shuffles and divides the data: no overlap, nothing missing, rows and labels kept together."""
    parts = pairs(answer)
    sizes, wish = (
        [len(x) for x, _ in parts],
        Text(
            "{N} rows: about {value}, {value1} and {value2}",
            N=N,
            value=f"{0.7 * N:g}",
            value1=f"{0.2 * N:g}",
            value2=f"{0.1 * N:g}",
        ),
    )
    require(
        [len(y) for _, y in parts] == sizes,
        "One part has different numbers of rows and labels.",
        answer,
        wish,
    )
    rows = [
        np.round(x[:, 0] - 0.2).astype(int) if x.ndim == 2 else np.zeros(0, int) for x, _ in parts
    ]
    train, valid, test = (set(one.tolist()) for one in rows)
    require(
        not train & test,
        "Some test rows are also in the training set: the parts must be disjoint.",
        answer,
        wish,
    )
    require(
        not (train | test) & valid,
        "Some validation rows are also in another part: the parts must be disjoint.",
        answer,
        wish,
    )
    together = all(np.array_equal(y, 2 * row) for (_, y), row in zip(parts, rows, strict=True))
    require(
        together,
        "Rows and labels are shuffled separately: use the same order for both.",
        answer,
        wish,
    )
    if abs(sizes[1] - 0.1 * N) <= 1 and abs(sizes[2] - 0.2 * N) <= 1:
        raise Miss(
            "Validation and test are swapped: (train, validation, test).", answer, str(sizes), wish
        )
    require(
        sum(sizes) == N,
        Text("It has {value} rows in all, expected {N}.", value=sum(sizes), N=N),
        answer,
        wish,
    )
    near = all(
        abs(size - share * N) < 1 + 1e-9 for size, share in zip(sizes, (0.7, 0.2, 0.1), strict=True)
    )
    require(near, Text("The parts have {sizes} rows.", sizes=sizes), answer, wish)
    order = np.concatenate(rows)
    require(
        order.tolist() != list(range(N)), "The data are not shuffled before they are cut.", answer
    )
    apart = [sorted(one.tolist()) for one in rows]
    blocks = all(one == list(range(one[0], one[0] + len(one))) for one in apart if one)
    require(
        not blocks,
        "The data are cut before they are shuffled: each part is one block of rows.",
        answer,
    )
    require(
        np.array_equal(pairs(again)[0][1], parts[0][1]),
        "The same seed gives another split: use `seed`.",
        again,
    )
    require(
        not np.array_equal(pairs(other)[0][1], parts[0][1]),
        "Another seed gives the same split: use `seed`.",
        other,
    )


ROWS, FEATURES = 203, 5
X_FIT = rng.normal(size=(ROWS, FEATURES))
Y_FIT = np.eye(3)[np.argmax(X_FIT[:, :3], axis=1)]
HELD = math.floor(ROWS * 0.9)
# The rows that are held out have other labels: their loss rises, and only what trains to the end trains for 30 epochs.
Y_TURNED = np.concatenate([Y_FIT[:HELD], np.roll(Y_FIT[HELD:], 1, axis=1)])


def ready():
    """A fresh compiled model of the checks' own, and the question that compiles it."""
    model = keras.Sequential(
        [keras.Input((FEATURES,)), keras.layers.Dense(3, activation="softmax")]
    )
    return model, model.compile(
        loss="categorical_crossentropy", optimizer="sgd", metrics=["accuracy"]
    )


model, compiling = ready()


@check(
    compiling,
    student.train(model, X_FIT, Y_TURNED),
    model.evaluate(X_FIT[HELD:], Y_TURNED[HELD:], verbose=0),
    model.optimizer,
    points=3,
    seconds=40,
    hint="return model.fit(x, y, batch_size=16, epochs=30, shuffle=True, validation_split=0.1, verbose=0)",
    mistakes={
        "The History is not returned: return what model.fit(...) returns.": lambda a: a is None,
        "This is History.history, the dict: return the History object.": lambda a: isinstance(
            a, dict
        ),
        "The model is returned, not the History.": lambda a: hasattr(a, "layers"),
        "validation_split=0.1 is missing.": lambda a: "val_loss" not in a.history,
        "The slides train for 30 epochs.": lambda a: len(a.history["loss"]) != 30,
        "The batch size is 32, Keras's default: the slides' is 16.": lambda a: (
            a.updates == 30 * math.ceil(HELD / 32)
        ),
        "All rows were trained on: validation_split=0.1 holds out a tenth.": lambda a: (
            a.updates == 30 * math.ceil(ROWS / 16)
        ),
        "The split is 0.2: the slides' is 0.1.": lambda a: (
            a.updates == 30 * math.ceil(math.floor(ROWS * 0.8) / 16)
        ),
    },
)
def test_train(_, answer, held_out, optimizer):
    """train runs the slides' fit, and returns its History."""
    history = history_of(answer, 30, ("loss", "val_loss"))
    wish = Text("{value} updates", value=30 * math.ceil(HELD / 16))
    require(
        history.updates == 30 * math.ceil(HELD / 16),
        Text("It made {updates} updates.", updates=history.updates),
        answer,
        wish,
    )
    # A validation loss, the last unless a callback brings better weights back, must be that of the rows which are held out.
    same = any(
        abs(np.ravel(held_out)[0] - one) <= 1e-3 * abs(one) for one in history.history["val_loss"]
    )
    kept = optimizer is not None and optimizer.name == "SGD"
    require(
        kept,
        "The model was compiled again, and now has a different optimizer: fit it as it is.",
        answer,
    )
    require(
        same,
        "The validation loss is not computed on the last tenth of the rows: use validation_split=0.1.",
        answer,
    )


X_VALID, EPOCHS = rng.normal(size=(60, FEATURES)), int(rng.integers(3, 7))
Y_VALID = np.eye(3)[np.argmax(X_VALID[:, :3], axis=1)]
second, compiling_second = ready()
# The last input is 0 in all training rows, so that nothing but validation rows could move its weights.
X_PART = X_FIT * (np.arange(FEATURES) < FEATURES - 1)


@check(
    compiling_second,
    second.get_weights(),
    student.train_with(second, (X_PART, Y_FIT), (X_VALID, Y_VALID), EPOCHS),
    second.evaluate(X_VALID, Y_VALID, verbose=0),
    second.get_weights(),
    points=2,
    seconds=30,
    hint="x, y = train; return model.fit(x, y, validation_data=valid, epochs=epochs, verbose=0)",
    mistakes={
        "The History is not returned: return what model.fit(...) returns.": lambda a: a is None,
        "The validation data are not passed to fit: use validation_data=valid.": lambda a: (
            "val_loss" not in a.history
        ),
        "Use `epochs` as the number of epochs.": lambda a: len(a.history["loss"]) != EPOCHS,
    },
)
def test_train_with(_, before, answer, evaluated, after):
    """train_with trains on the one part and validates on the other."""
    history = history_of(answer, EPOCHS, ("loss", "val_loss"))
    last = history.history["val_loss"][-1]
    why = Text(
        "The validation loss is not computed on the validation data: pass validation_data=valid."
    )
    require(
        abs(np.ravel(evaluated)[0] - last) <= 1e-3 * abs(last), why, answer, "the loss on `valid`"
    )
    apart = np.allclose(before[0][-1], after[0][-1], atol=1e-6)
    require(
        apart,
        "The validation rows were used for training too: fit only on the training part.",
        answer,
    )


K = int(rng.integers(20, 60))


def indices(answer):
    require(isinstance(answer, list | tuple | np.ndarray), "It is not a list of indices.", answer)
    found = np.asarray(answer).ravel()
    require(found.dtype.kind in "iuf", "Its entries are not indices.", answer)
    if found.size and found.min() < 0:
        raise Miss("Indices start at 0: return them directly, not counted from the end.", answer)
    return sorted(found.astype(int).tolist())


def rows_are(wrong):
    return lambda a: sorted(np.asarray(a).ravel().astype(int).tolist()) == list(wrong)


@check(
    student.validation_rows(K, 0.1),
    student.validation_rows(10, 0.25),
    student.validation_rows(100, 0.2),
    points=2,
    hint="range(math.floor(n_samples * (1 - validation_split)), n_samples)",
    mistakes={
        "These are the first rows: Keras holds out the last ones.": lambda a: min(a) == 0,
        "Keras cuts at floor(n (1 - fraction)): 10 rows at 0.25 hold out 3.": rows_are(
            range(8, 10)
        ),
        "This is the number of rows: return the indices.": lambda a: np.ndim(a) == 0,
        "These are the training rows: return those that are held out.": rows_are(
            range(math.floor(K * 0.9))
        ),
    },
)
def test_validation_rows(answer, ten, hundred):
    """validation_rows returns the last rows, as many as Keras holds out."""
    for got, n, fraction in ((answer, K, 0.1), (ten, 10, 0.25), (hundred, 100, 0.2)):
        want = list(range(math.floor(n * (1 - fraction)), n))
        require(
            indices(got) == want,
            Text("For {n} rows at {fraction} it returns the wrong rows.", n=n, fraction=fraction),
            got,
            Text("rows {value} to {value1}", value=want[0], value1=want[-1]),
        )


LENGTH = 15
BEST = int(rng.integers(6, 10))
EPOCH = np.arange(LENGTH)
NOISE = rng.uniform(0, 0.01, LENGTH)
CURVE = {
    "accuracy": (0.5 + 0.03 * EPOCH).tolist(),
    "loss": (1.5 * 0.8**EPOCH).tolist(),
    "val_accuracy": (0.6 - 0.01 * np.abs(EPOCH - BEST - 3)).tolist(),
    # Steeper before its lowest point than after: the highest entry is the first one, and no wrong answer equals another.
    "val_loss": (
        0.7 + np.where(EPOCH < BEST, 0.06, 0.02) * (EPOCH - BEST) ** 2 + NOISE * (EPOCH != BEST)
    ).tolist(),
}


@check(
    student.best_epoch(CURVE),
    student.best_epoch({"loss": [3.0, 2.0, 1.0, 0.5], "val_loss": [2.0, 1.0, 1.5, 1.0]}),
    points=2,
    hint='np.argmin(history["val_loss"])',
    mistakes={
        "This is where the loss is highest: argmin, not argmax.": int(np.argmax(CURVE["val_loss"])),
        "This is where the training loss is lowest: use the validation loss.": LENGTH - 1,
        "Epochs count from 0 here.": BEST + 1,
        "This is the loss itself: return its epoch.": min(CURVE["val_loss"]),
        "This is where the accuracy is highest: use the validation loss.": int(
            np.argmax(CURVE["val_accuracy"])
        ),
        "In a tie, take the first one.": lambda a: a == 3,
    },
)
def test_best_epoch(answer, equals):
    """best_epoch is the epoch with the lowest validation loss; in a tie, the first one."""
    close(answer, BEST)
    close(equals, 1)


def histories():
    """Clear curves and whether they overfit: falling training loss with a validation loss that turns early, late or never."""
    n = int(rng.integers(12, 25))
    t = np.arange(n)
    falling = (1.5 * 0.85**t + 0.05).tolist()
    still = (1.4 * 0.88**t + 0.3).tolist()
    turned = (0.8 + 0.03 * np.abs(t - n // 4)).tolist()
    risen = (1.0 + 0.02 * t).tolist()
    diverging = (0.5 + 0.05 * t).tolist()
    return [
        (falling, turned, True),
        (falling, still, False),
        (diverging, risen, False),
        (falling, risen, True),
    ]


CASES = histories()


@check(
    *(student.is_overfitting({"loss": loss, "val_loss": val}) for loss, val, _ in CASES),
    points=2,
    hint="Compare the last entry with the one at two thirds of the list: val_loss rises while loss falls.",
)
def test_is_overfitting(*answers):
    """is_overfitting detects a validation loss that rises while the training loss falls."""
    given = []
    for answer in answers:
        require(
            np.size(answer) == 1 and np.asarray(answer).dtype.kind in "bi",
            "It is not True or False.",
            answer,
            "True or False",
        )
        given.append(bool(np.ravel(answer)[0]))
    right = [wanted for *_, wanted in CASES]
    if given == [not one for one in right]:
        raise Miss("True and False are swapped.", answers, str(given), str(right))
    require(len(set(given)) > 1, Text("It is always {value}.", value=given[0]), answers, str(right))
    require(
        not given[2],
        "Here the training loss rises too: that is not overfitting, the steps are too large.",
        answers,
        str(right),
    )
    require(
        not given[1],
        "Here the validation loss still falls, though it is larger: a gap alone is not overfitting.",
        answers,
        str(right),
    )
    require(
        given[0] and given[3],
        "Here the validation loss rises over the last third while the training loss falls.",
        answers,
        str(right),
    )
