"""Checks for 05_losses; the expected values are NumPy's, written out from the slides' formulas."""

import numpy as np

from course.checks import Miss, Text, check, clean, close, inputs, require, student

rng = inputs()
Y, P = rng.uniform(0.5, 2.0, (6, 3)), rng.uniform(0.5, 2.0, (6, 3))
D = Y - P
# The same shapes again with other numbers: an answer belongs to its numbers.
Y2, P2 = rng.uniform(0.5, 2.0, (2, 6, 3))
# Answers below 0 too, for the loss that divides by them.
SIGNED = Y * np.where(np.arange(18).reshape(6, 3) % 3, 1, -1)
MSE, PERCENT = np.mean(D**2), np.abs(D / Y)
MSLE = np.mean((np.log1p(Y) - np.log1p(P)) ** 2)

BITS = np.array([0, 1, 1, 0, 1, 0, 1, 1.0])
PROBABILITIES = rng.uniform(0.1, 0.9, 8)
BINARY = -(BITS * np.log(PROBABILITIES) + (1 - BITS) * np.log(1 - PROBABILITIES))
LABELS = np.concatenate([np.arange(5), rng.integers(0, 5, 3)])
ONE_HOT = np.eye(5)[LABELS]
SCORES = rng.uniform(0.1, 1.0, (8, 5))
SHARES = SCORES / SCORES.sum(1, keepdims=True)
CROSS = -np.sum(ONE_HOT * np.log(SHARES), axis=1)
# Softmax applied to shares that are probabilities already.
TWICE = np.mean(np.log(np.exp(SHARES).sum(1)) - np.sum(ONE_HOT * SHARES, axis=1))

LOGITS = "The predictions are probabilities already: leave out from_logits, or the activation is applied twice."
CANCEL = "Positive and negative errors cancel: take the absolute value of each, and then the mean."
SUM = "This is the sum, not the mean: divide by the number of entries."
SWAPPED = "The arguments are swapped: the answer y_true comes first, and you divide by it."


@check(
    student.mean_squared_error(Y, P),
    student.mean_squared_error(Y2, P2),
    points=1,
    hint=(
        "What is one error, and how do positive and negative ones not cancel?",
        "One number for all entries: the mean, not the sum.",
        "Subtract, square, then np.mean over everything.",
    ),
    mistakes={
        SUM: np.sum(D**2),
        "Do not take the square root here: that is the root mean squared error.": np.sqrt(MSE),
        "The square is missing: that is the mean absolute error.": np.mean(np.abs(D)),
        "This is one number per sample: take the mean over all of them.": np.mean(D**2, axis=-1),
        "There is a factor 1/2 too many: the mean alone.": MSE / 2,
        "Square each difference first, and then take the mean.": np.mean(D) ** 2,
        "This adds the two: the error is their difference.": np.mean((Y + P) ** 2),
        "The mean of the errors was taken away first, as the variance does: square the errors themselves.": np.var(
            D
        ),
        "len counts the rows only: divide by the number of all entries, as np.mean does.": np.sum(
            D**2
        )
        / 6,
    },
)
def test_mean_squared_error(answer, again):
    """mean_squared_error is the mean of the squared differences."""
    close(answer, MSE)
    close(again, np.mean((Y2 - P2) ** 2))


@check(
    student.root_mean_squared_error(Y, P),
    student.root_mean_squared_error(Y2, P2),
    points=1,
    hint=(
        "Which unit has the squared error, if the answers are in metres?",
        "np.sqrt of the mean squared error.",
    ),
    mistakes={
        "The square root is missing: this is the mean squared error.": MSE,
        "The root comes last: first the mean of the squares, then its square root.": np.mean(
            np.abs(D)
        ),
        "This is the root of the sum: take the root of the mean.": np.sqrt(np.sum(D**2)),
        "The root comes last: one mean over all entries, and then its root.": np.mean(
            np.sqrt(np.mean(D**2, axis=-1))
        ),
        "This is the square of the mean squared error: take its square root.": MSE**2,
        "This is the standard deviation, which takes the mean of the errors away first.": np.std(D),
    },
)
def test_root_mean_squared_error(answer, again):
    """root_mean_squared_error is the square root of the mean squared error."""
    close(answer, np.sqrt(MSE))
    close(again, np.sqrt(np.mean((Y2 - P2) ** 2)))


@check(
    student.mean_absolute_error(Y, P),
    student.mean_absolute_error(Y2, P2),
    points=1,
    hint=("What else besides squaring makes an error positive?", "np.abs, then np.mean."),
    mistakes={
        SUM: np.sum(np.abs(D)),
        CANCEL: lambda a: np.allclose(np.abs(a), np.abs(np.mean(D)), rtol=1e-4),
        "This is the squared error: take absolute values instead.": MSE,
        "len counts the rows only: divide by the number of all entries, as np.mean does.": np.sum(
            np.abs(D)
        )
        / 6,
        "This is one number per sample: take the mean over all of them.": np.mean(
            np.abs(D), axis=-1
        ),
        "This is the median: the loss is the mean.": np.median(np.abs(D)),
    },
)
def test_mean_absolute_error(answer, again):
    """mean_absolute_error is the mean of the absolute differences."""
    close(answer, np.mean(np.abs(D)))
    close(again, np.mean(np.abs(Y2 - P2)))


@check(
    student.mean_absolute_percentage_error(SIGNED, P),
    student.mean_absolute_percentage_error(Y2, P2),
    points=2,
    hint=(
        "An error of 1: does it weigh more where the answer is 2 or where it is 200?",
        "Divide each difference by the answer y_true, and return percent.",
    ),
    mistakes={
        "The result should be in percent: multiply by 100.": np.mean(np.abs(1 - P / SIGNED)),
        SWAPPED: 100 * np.mean(np.abs(SIGNED / P - 1)),
        SUM: 100 * np.sum(np.abs(1 - P / SIGNED)),
        CANCEL: 100 * np.mean(1 - P / SIGNED),
        "This is not divided: each error is a share of its answer.": 100
        * np.mean(np.abs(SIGNED - P)),
        "Divide by the absolute value of the answer, np.abs(y_true): a percentage error is never below 0.": (
            100 * np.mean(np.abs(SIGNED - P) / SIGNED)
        ),
        "Divide entry by entry first, and then take the mean.": 100
        * np.mean(np.abs(SIGNED - P))
        / np.mean(np.abs(SIGNED)),
    },
)
def test_mean_absolute_percentage_error(answer, again):
    """mean_absolute_percentage_error compares each error with the answer, in percent."""
    close(answer, 100 * np.mean(np.abs(1 - P / SIGNED)))
    close(again, 100 * np.mean(np.abs(1 - P2 / Y2)))


@check(
    student.mean_squared_logarithmic_error(Y, P),
    student.mean_squared_logarithmic_error(Y2, P2),
    points=2,
    hint=(
        "What does Keras do so that an answer of 0 has a logarithm?",
        "np.log1p(y) is log(1 + y); then as in the mean squared error.",
    ),
    mistakes={
        "This uses log(y), as the slide does; Keras uses log(1 + y).": np.mean(np.log(Y / P) ** 2),
        SUM: np.sum((np.log1p(Y) - np.log1p(P)) ** 2),
        "The square is missing.": np.mean(np.log1p(Y) - np.log1p(P)),
        "Do not take the square root here.": np.sqrt(MSLE),
        "The square is missing: these are absolute differences.": np.mean(
            np.abs(np.log1p(Y) - np.log1p(P))
        ),
        "This is the logarithm of the difference: take the difference of the logarithms.": np.mean(
            np.log1p(np.abs(D)) ** 2
        ),
        "Use the natural logarithm, np.log.": MSLE / np.log(10) ** 2,
        "Use the natural logarithm: this is to base 2.": MSLE / np.log(2) ** 2,
        "This is the logarithm of the squared difference: take the difference of the logarithms.": np.mean(
            np.log1p(D**2)
        ),
        "Square each difference first, and then take the mean.": np.mean(np.log1p(Y) - np.log1p(P))
        ** 2,
    },
)
def test_mean_squared_logarithmic_error(answer, again):
    """mean_squared_logarithmic_error is the mean squared error of log(1 + y)."""
    close(answer, MSLE)
    close(again, np.mean((np.log1p(Y2) - np.log1p(P2)) ** 2))


@check(
    student.binary_crossentropy(BITS, PROBABILITIES),
    points=1,
    hint=(
        "Which probability was right where y is 0?",
        "There it is 1 - p: each sample uses one of two logarithms.",
        "Both terms count: y log p and (1 - y) log(1 - p).",
    ),
    mistakes={
        SUM: np.sum(BINARY),
        "The second term, (1 - y) log(1 - p), is missing.": -np.mean(BITS * np.log(PROBABILITIES)),
        "The minus sign is missing: a loss is positive.": -np.mean(BINARY),
        "Use the natural logarithm, np.log.": np.mean(BINARY) / np.log(2),
        "The arguments are swapped: the answer y_true comes first, and the logarithm is of y_pred.": lambda a: (
            a > 3
        ),
        "Use the natural logarithm: this is to base 10.": np.mean(BINARY) / np.log(10),
        LOGITS: np.mean(np.log1p(np.exp(PROBABILITIES)) - BITS * PROBABILITIES),
    },
)
def test_binary_crossentropy(answer):
    """binary_crossentropy is the mean of -(y log p + (1 - y) log(1 - p))."""
    close(answer, np.mean(BINARY))


CERTAIN = np.array([1.0, 0.0, 1.0, 0.0])


@check(
    student.binary_crossentropy(CERTAIN, 1 - CERTAIN),
    student.binary_crossentropy(CERTAIN, CERTAIN),
    points=1,
    hint=(
        "What is the logarithm of 0?",
        "Keep each probability a little away from 0 and from 1 before the logarithm.",
        "np.clip(y_pred, 1e-7, 1 - 1e-7) before the logarithm.",
    ),
)
def test_binary_crossentropy_is_finite(wrong, right):
    """binary_crossentropy stays finite when a prediction is exactly 0 or 1."""
    finite(wrong, right)


def finite(wrong, right):
    if not np.all(np.isfinite(np.asarray([wrong, right], dtype=float))):
        why = Text("log(0) is infinite: clip the predictions to [1e-7, 1 - 1e-7] first.")
        raise Miss(why, wrong, f"{wrong}, {right}", "about 16.118, 0")
    require(
        not any(abs(float(np.ravel(wrong)[0]) / np.log(10) - k) < 0.02 for k in range(2, 7)),
        "The predictions are clipped too far from 0 and 1: clip them by 1e-7.",
        wrong,
        "about 16.118",
    )
    close(wrong, -np.log(1e-7), rtol=0.03)
    require(
        abs(float(np.asarray(right).item())) < 1e-6,
        "A correct and certain prediction has a loss of 0.",
        right,
        "0",
    )


@check(
    student.categorical_crossentropy(ONE_HOT, SHARES),
    points=1,
    hint=(
        "Which probability counts, if only one class is right?",
        "The one-hot label picks it: multiply by the logarithms, and add up each row.",
        "Sum over the classes (axis -1), mean over the samples.",
    ),
    mistakes={
        "This is the sum, not the mean: divide by the number of samples.": np.sum(CROSS),
        "Sum over the classes and take the mean over the samples only: not over all entries.": np.mean(
            CROSS
        )
        / 5,
        "The minus sign is missing: a loss is positive.": -np.mean(CROSS),
        "This is binary cross-entropy: with many classes only the right class counts.": -np.mean(
            ONE_HOT * np.log(SHARES) + (1 - ONE_HOT) * np.log(1 - SHARES)
        ),
        "This is one number per sample: take the mean over all of them.": CROSS,
        LOGITS: TWICE,
        "Use the natural logarithm: this is to base 2.": np.mean(CROSS) / np.log(2),
        "This is binary cross-entropy, summed over the classes: leave out the term with 1 - y.": -np.mean(
            np.sum(ONE_HOT * np.log(SHARES) + (1 - ONE_HOT) * np.log(1 - SHARES), axis=1)
        ),
        "The arguments are swapped: the answer y_true comes first, and the logarithm is of y_pred.": lambda a: (
            a > 5
        ),
    },
)
def test_categorical_crossentropy(answer):
    """categorical_crossentropy is the mean over the samples of -log of the right class's probability."""
    close(answer, np.mean(CROSS))


@check(
    student.categorical_crossentropy(np.eye(3), np.eye(3)[[1, 2, 0]]),
    student.categorical_crossentropy(np.eye(3), np.eye(3)),
    points=1,
    hint=(
        "What is the logarithm of 0?",
        "Keep each probability a little away from 0 and from 1 before the logarithm.",
        "np.clip(y_pred, 1e-7, 1 - 1e-7) before the logarithm.",
    ),
)
def test_categorical_crossentropy_is_finite(wrong, right):
    """categorical_crossentropy stays finite when a prediction is exactly 0 or 1."""
    finite(wrong, right)


def loss_value(task, y_true, y_pred):
    """The question: what the chosen loss gives for this data, however it was named."""
    return clean.losses.get(student.choose_loss(task))(y_true, y_pred)


def unit(rows):
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


# Keras's regression losses by their formulas: what the student's process says of Keras is no measure.
REGRESSION = {
    "mean_squared_error": MSE,
    "mean_absolute_error": np.mean(np.abs(D)),
    "mean_absolute_percentage_error": 100 * np.mean(PERCENT),
    "mean_squared_logarithmic_error": MSLE,
    "huber": np.mean(np.where(np.abs(D) <= 1, D**2 / 2, np.abs(D) - 0.5)),
    "log_cosh": np.mean(np.log(np.cosh(D))),
    "cosine_similarity": -np.mean(np.sum(unit(Y) * unit(P), axis=-1)),
    "poisson": np.mean(P - Y * np.log(P)),
}
PER_CLASS = -np.mean(ONE_HOT * np.log(SHARES) + (1 - ONE_HOT) * np.log(1 - SHARES))
BITS_COLUMN, PROBABILITIES_COLUMN = BITS[:, None], PROBABILITIES[:, None]


def near(number):
    """A condition for a known wrong loss value."""
    return lambda answer: abs(mean_of(answer) - number) <= 1e-4 * abs(number)


def mean_of(answer):
    return float(np.mean(np.asarray(answer, dtype=float)))


@check(
    loss_value("regression", Y, P),
    points=0.5,
    hint=(
        "Which of the slides' losses measure how far numbers are apart?",
        "For numbers: 'mean_squared_error', for example.",
    ),
)
def test_loss_for_regression(answer):
    """choose_loss("regression") is a regression loss of Keras."""
    fitting = any(near(number)(answer) for number in REGRESSION.values())
    require(
        fitting, "This loss does not fit regression: use mean_squared_error, for example.", answer
    )


@check(
    loss_value("two classes", BITS_COLUMN, PROBABILITIES_COLUMN),
    points=0.5,
    hint=(
        "The model gives one probability. Which loss was written for one probability and a label of 0 or 1?",
        "One sigmoid unit goes with binary cross-entropy.",
    ),
    mistakes={
        LOGITS: near(np.mean(np.log1p(np.exp(PROBABILITIES)) - BITS * PROBABILITIES)),
        "With one sigmoid unit, categorical cross-entropy is always 0: use binary cross-entropy.": lambda a: (
            mean_of(a) < 1e-5
        ),
    },
)
def test_loss_for_two_classes(answer):
    """choose_loss("two classes") is binary cross-entropy."""
    fits(answer, BINARY)


def fits(answer, expected):
    try:
        close(mean_of(answer), np.mean(expected))
    except Miss as miss:
        raise Miss(
            "This loss does not fit the labels of this task.",
            answer,
            Text("a loss of {value}", value=f"{mean_of(answer):.5g}"),
            miss.expected,
        ) from None


@check(
    loss_value("one-hot classes", ONE_HOT, SHARES),
    points=0.5,
    hint=(
        "How does one label look: as a number, or as a row with a single 1?",
        "One-hot labels go with categorical cross-entropy; the model already ends in softmax.",
    ),
    mistakes={
        LOGITS: near(TWICE),
        "Binary cross-entropy is for two classes: for many classes, use categorical cross-entropy.": near(
            PER_CLASS
        ),
    },
)
def test_loss_for_one_hot_classes(answer):
    """choose_loss("one-hot classes") is categorical cross-entropy."""
    fits(answer, CROSS)


@check(
    loss_value("integer classes", LABELS, SHARES),
    points=0.5,
    hint=(
        "The labels are numbers now. Which loss saves you the one-hot rows?",
        "Whole-number labels go with the sparse loss.",
    ),
    mistakes={LOGITS: near(TWICE)},
)
def test_loss_for_integer_classes(answer):
    """choose_loss("integer classes") is sparse categorical cross-entropy."""
    fits(answer, CROSS)


SLIDE = {
    "binary_crossentropy": -np.log(0.1),
    "mean_squared_error": 0.01,
    "mean_absolute_error": 0.1,
    "mean_absolute_percentage_error": 100 * (0.1 / 0.9 + 0.1 / 0.1) / 2,
    "mean_squared_logarithmic_error": (np.log(1.9 / 1.8) ** 2 + np.log(1.1 / 1.2) ** 2) / 2,
}


@check(
    student.slide_example(),
    points=1,
    hint=(
        "Which of the numbers has its own formula on the slide?",
        "Call your own functions on the slides' numbers; Keras uses log(1 + y), the slide uses log(y).",
    ),
    mistakes={
        "The logarithmic error on the slide uses log(y); Keras uses log(1 + y).": lambda a: (
            abs(a["mean_squared_logarithmic_error"] - 0.2471629) < 1e-3
        ),
        SWAPPED: lambda a: abs(a["mean_absolute_percentage_error"] - 31.25) < 0.01,
        "The slide truncates 55.5556 to 55: return all its digits, as Keras does.": lambda a: (
            a["mean_absolute_percentage_error"] == 55
        ),
        "The arguments are swapped: the answer y_true comes first, and the logarithm is of y_pred.": lambda a: (
            a["binary_crossentropy"] > 7
        ),
    },
)
def test_slide_example(answer):
    """slide_example returns the slides' five values as Keras computes them."""
    require(isinstance(answer, dict), "It is not a dict.", answer)
    for name, value in SLIDE.items():
        require(name in answer, Text("The entry {name} is missing.", name=name), answer)
        try:
            close(answer[name], value, what=name)
        except Miss as miss:
            raise Miss(miss.why, answer, miss.came, miss.expected) from None
