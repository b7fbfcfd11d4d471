"""Checks for 09_fit_validation; what a History must hold follows from the slides' call and the number of updates."""

import math

import numpy as np

from course.checks import (
    Miss,
    Text,
    check,
    close,
    history_of,
    inputs,
    is_model,
    keras,
    require,
    snake,
    snapshot,
    student,
)

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
    hint=(
        "How do rows and labels stay together when they are shuffled?",
        "Shuffle the numbers of the rows, once; cut these, and use each part for x and for y.",
        "order = np.random.default_rng(seed).permutation(len(x)); cut `order`, and take x[part], y[part] with the same part.",
    ),
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
    whole = all(
        np.all((row >= 0) & (row < N)) and x.shape[1:] == (3,) and np.allclose(x, X[row], rtol=1e-4)
        for (x, _), row in zip(parts, rows, strict=True)
    )
    require(
        whole, "Its rows are not those of x: each row stays whole, with all its columns.", answer
    )
    if abs(sizes[1] - 0.1 * N) <= 1 and abs(sizes[2] - 0.2 * N) <= 1:
        raise Miss(
            "Validation and test are swapped: (train, validation, test).", answer, str(sizes), wish
        )
    require(
        sum(sizes) >= N,
        Text("Of the {N} rows, {value} are in no part.", N=N, value=N - sum(sizes)),
        answer,
        wish,
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
    of_rest = abs(sizes[1] - 0.2 * (N - sizes[2])) < 1 or abs(sizes[2] - 0.1 * (N - sizes[1])) < 1
    require(
        near or not of_rest,
        "A fraction is taken of what is left: both fractions are of all rows.",
        answer,
        wish,
    )
    wanted = [0.7 * N, 0.1 * N, 0.2 * N]
    require(
        near or np.abs(np.sort(sizes) - np.sort(wanted)).max() >= 1 + 1e-9,
        "The parts are in another order: (train, validation, test).",
        answer,
        wish,
    )
    require(near, Text("The parts have {sizes} rows.", sizes=sizes), answer, wish)
    order = np.concatenate(rows)
    require(
        order.tolist() != list(range(N)), "The data are not shuffled before they are cut.", answer
    )
    apart = [sorted(one.tolist()) for one in rows]
    blocks = any(one == list(range(one[0], one[0] + len(one))) for one in apart if len(one) > 3)
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


# The first weights are the checks' own, so that the first losses are known.
W0 = [0.3 * rng.normal(size=(FEATURES, 3)), np.zeros(3)]


def ready():
    """A fresh compiled model of the checks' own, and the questions that make it ready."""
    model = keras.Sequential(
        [keras.Input((FEATURES,)), keras.layers.Dense(3, activation="softmax")]
    )
    compiling = model.compile(
        loss="categorical_crossentropy", optimizer="sgd", metrics=["accuracy"]
    )
    return model, compiling, model.set_weights(W0)


def probabilities(x, weights):
    powers = np.exp(x @ weights[0] + weights[1])
    return powers / powers.sum(axis=1, keepdims=True)


def entropy(x, y, weights):
    return -np.mean(np.sum(y * np.log(probabilities(x, weights)), axis=1))


def trained_in_order(x, y, epochs, batch_size, rate=0.01):
    """The weights after epochs of SGD on batches in the order of the rows: what shuffle=False comes to."""
    w, b = W0
    for _ in range(epochs):
        for start in range(0, len(x), batch_size):
            part, labels = x[start : start + batch_size], y[start : start + batch_size]
            error = (probabilities(part, (w, b)) - labels) / len(part)
            w, b = w - rate * part.T @ error, b - rate * error.sum(axis=0)
    return w, b


model, compiling, filling = ready()
after = snapshot(model)


@check(
    compiling,
    filling,
    student.train(model, X_FIT, Y_TURNED),
    after,
    after.evaluate(X_FIT[HELD:], Y_TURNED[HELD:], verbose=0),
    after.evaluate(X_FIT[:HELD], Y_TURNED[:HELD], verbose=0),
    points=3,
    seconds=40,
    hint=(
        "Which five settings are on slide 20?",
        "fit returns a History: that is what the function should return.",
        "return model.fit(x, y, batch_size=16, epochs=30, shuffle=True, validation_split=0.1, verbose=0)",
    ),
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
        "validation_split is 0.9: the slides' is 0.1.": lambda a: (
            a.updates == 30 * math.ceil(math.floor(ROWS * (1 - 0.9)) / 16)
        ),
    },
)
def test_train(_, __, answer, model, held_out, trained):
    """train is the slides' fit, and returns its History."""
    history = history_of(answer, 30, ("loss", "val_loss"))
    wish = Text("{value} updates", value=30 * math.ceil(HELD / 16))
    made = Text("It made {updates} updates.", updates=history.updates)
    require(history.updates == 30 * math.ceil(HELD / 16), made, answer, wish)
    as_it_was(model, answer)
    # A validation loss, the last unless a callback brings better weights back, must be that of the
    # rows which are held out.
    require(
        is_told(np.ravel(held_out)[0], history.history["val_loss"], 1e-4),
        "The validation loss is not that of the last tenth of the rows: use validation_split=0.1, and x and y as they are.",
        answer,
    )
    learnt(history, np.ravel(trained)[0], entropy(X_FIT[:HELD], Y_TURNED[:HELD], W0), answer)
    weights = trained_in_order(X_FIT[:HELD], Y_TURNED[:HELD], 30, 16)
    in_order = np.allclose(model.weights[0], weights[0], rtol=1e-3, atol=1e-4)
    require(not in_order, "The rows are not shuffled: use shuffle=True, as the slides do.", answer)
    silent = history.params.get("verbose", 0) == 0
    require(silent, "It prints a line for every epoch: pass verbose=0, as the slides do.", answer)


def as_it_was(model, answer):
    """Miss where the model was compiled again, with another loss or optimizer than `ready` gave it."""
    told = is_model(model).compiled
    names = [snake(part.name) for part in (told.loss, told.optimizer) if part] if told else []
    require(
        names == ["categorical_crossentropy", "sgd"],
        "The model was compiled again, and now has a different loss or optimizer: fit it as it is.",
        answer,
    )


def is_told(measured, series, tolerance):
    """Whether a loss that the clean room measured is among those of a History."""
    return any(abs(measured - value) <= tolerance * abs(value) for value in series)


def learnt(history, measured, first, answer):
    """Miss unless the training loss has fallen from the first weights', as measured and as told."""
    fell = measured < 0.98 * first and is_told(measured, history.history["loss"], 0.1)
    why = (
        "The weights of the model do not have the losses of this History: return what fit returns."
    )
    require(fell, why, answer)


X_VALID, EPOCHS = rng.normal(size=(60, FEATURES)), int(rng.integers(3, 7))
Y_VALID = np.eye(3)[np.argmax(X_VALID[:, :3], axis=1)]
second, compiling_second, filling_second = ready()
# The last input is 0 in all training rows, so that only validation rows could change its weights.
X_PART = X_FIT * (np.arange(FEATURES) < FEATURES - 1)
after_second = snapshot(second)


@check(
    compiling_second,
    filling_second,
    student.train_with(second, (X_PART, Y_FIT), (X_VALID, Y_VALID), EPOCHS),
    after_second,
    after_second.evaluate(X_VALID, Y_VALID, verbose=0),
    after_second.evaluate(X_PART, Y_FIT, verbose=0),
    points=2,
    seconds=30,
    hint=(
        "Which part may change the weights, and which one is only looked at?",
        "Fit on `train`; hand `valid` over as a pair.",
        "x, y = train; return model.fit(x, y, validation_data=valid, epochs=epochs, verbose=0)",
    ),
    mistakes={
        "The History is not returned: return what model.fit(...) returns.": lambda a: a is None,
        "The validation data are not passed to fit: use validation_data=valid.": lambda a: (
            "val_loss" not in a.history
        ),
        "Use `epochs` as the number of epochs.": lambda a: len(a.history["loss"]) != EPOCHS,
    },
)
def test_train_with(_, __, answer, model, evaluated, trained):
    """train_with trains on one part of the data and validates on the other."""
    history = history_of(answer, EPOCHS, ("loss", "val_loss"))
    apart = np.allclose(W0[0][-1], is_model(model).weights[0][-1], atol=1e-6)
    last = history.history["val_loss"][-1:]
    of_valid = is_told(np.ravel(evaluated)[0], last, 1e-3)
    # Some draws give both parts nearly the same loss: then it tells nothing.
    of_train = not of_valid and is_told(np.ravel(trained)[0], last, 1e-3)
    require(
        apart or not of_train,
        "The two parts are swapped: fit on `train`, and pass validation_data=valid.",
        answer,
    )
    require(
        not of_train,
        "The validation loss is that of the training part: pass validation_data=valid.",
        answer,
    )
    require(
        of_valid,
        "The validation loss is not computed on the validation data: pass validation_data=valid.",
        answer,
        Text("the loss on `valid`"),
    )
    require(
        apart,
        "The validation rows were used for training too: fit only on the training part.",
        answer,
    )
    as_it_was(model, answer)
    learnt(history, np.ravel(trained)[0], entropy(X_PART, Y_FIT, W0), answer)


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
    hint=(
        "From which end does Keras cut, and when: before or after shuffling?",
        "The training part has floor(n (1 - split)) rows; the others are held out.",
        "range(math.floor(n_samples * (1 - validation_split)), n_samples)",
    ),
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
        rows = indices(got)
        require(
            rows != want[:-1],
            Text("For {n} rows at {fraction} the last row is missing.", n=n, fraction=fraction),
            got,
        )
        require(
            len(rows) != len(want) or rows == want,
            "Keras does not draw the rows: it holds out the last ones, before it shuffles.",
            got,
        )
        require(
            len(rows) == len(want) or rows != list(range(n - len(rows), n)),
            Text(
                "For {n} rows at {fraction} it holds out {value}: the training part has floor(n (1 - fraction)) rows, so {value1} are left.",
                n=n,
                fraction=fraction,
                value=len(rows),
                value1=len(want),
            ),
            got,
        )
        require(
            rows == want,
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
    # Lowest one epoch before the last, so that the last epoch is another answer.
    "loss": (1.5 * 0.8 ** np.minimum(EPOCH, 2 * (LENGTH - 2) - EPOCH)).tolist(),
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
    hint=(
        "Which curve tells how good the model is on data that it has not seen?",
        "Find the place of its smallest value, not the value.",
        'np.argmin(history["val_loss"])',
    ),
    mistakes={
        "This is where the loss is highest: argmin, not argmax.": int(np.argmax(CURVE["val_loss"])),
        "This is where the training loss is lowest: use the validation loss.": LENGTH - 2,
        "This is the last epoch: find the one with the lowest validation loss.": LENGTH - 1,
        "Epochs count from 0 here.": BEST + 1,
        "This is one epoch too early: count from the first entry.": BEST - 1,
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
    # A deep valley that ends below its start, and a peak that is past when the last third begins.
    low, high = n // 3, n // 3
    valley = (0.6 + np.where(t < low, 1.4 * (1 - t / low), 0.02 * (t - low))).tolist()
    peak = (1.0 + np.where(t < high, 0.03 * t, 0.03 * high - 0.02 * (t - high))).tolist()
    return [
        (falling, turned, True),
        (falling, still, False),
        (diverging, risen, False),
        (falling, risen, True),
        (falling, valley, True),
        (falling, peak, False),
    ]


CASES = histories()


@check(
    *(student.is_overfitting({"loss": loss, "val_loss": val}) for loss, val, _ in CASES),
    points=2,
    hint=(
        "Which two curves tell of overfitting, and which way does each of them go?",
        "The training loss still falls while the validation loss rises: look at the end of both lists.",
        "Compare the last entry with the one at two thirds of the list: val_loss rises while loss falls.",
    ),
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
    require(
        not all(given),
        "It is always True: a larger validation loss is not enough. It must rise over the last third, and the training loss must fall.",
        answers,
        str(right),
    )
    require(
        any(given),
        "It is always False: the validation loss rises where its last entry is above the one at two thirds, and the training loss falls where its last entry is below.",
        answers,
        str(right),
    )
    require(
        not given[2],
        "Here the training loss rises too: that is not overfitting, the steps are too large.",
        answers,
        str(right),
    )
    require(
        not (given[1] and given[5]) or given[0] or given[3],
        "It is True where the validation loss falls: overfitting is where it rises.",
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
        not given[5],
        "Here the validation loss falls over the last third, after a peak: look at the last third alone.",
        answers,
        str(right),
    )
    require(
        given[4] or not (given[0] and given[3]),
        "Here the validation loss rises over the last third, though it ends below its start.",
        answers,
        str(right),
    )
    require(
        given[0] and given[3],
        "Here the validation loss rises over the last third while the training loss falls.",
        answers,
        str(right),
    )
