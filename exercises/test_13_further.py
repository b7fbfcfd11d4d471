"""Checks for 13_further; the expected values are the rules in NumPy, and two recorded alternatives get them from Keras."""

import numpy as np

from course.checks import Miss, Text, check, close, inputs, require, student

rng = inputs()
# The slope of SiLU is nearly 0 at -1.278.
X = np.concatenate([[-30.0, 0.0, 30.0, -1.278], rng.uniform(-4, 4, 8)])
S = 1 / (1 + np.exp(-X))
SLOPE = S + X * S * (1 - S)

N, UNITS = (int(number) for number in rng.integers(3, 30, 2))

Y, D = rng.normal(0, 2, (2, 6, 3))
# Errors that one rule takes over the other's border, and large ones of both signs.
D[0], D[1] = [2.9, -2.9, 0.9], [-0.9, 5.0, -6.0]
P, E = Y - D, np.abs(D)
DELTA, WIDE = 0.8, 3.0


def huber(delta):
    return np.where(delta >= E, E**2 / 2, delta * (E - delta / 2))


def overwritten(answer):
    """Whether one rule has seen what the other had changed, in either order and with either delta."""

    def wrong(delta, order):
        e = E.copy()
        for small in order:
            if small:
                e[e <= delta] = e[e <= delta] ** 2 / 2
            else:
                e[e > delta] = delta * (e[e > delta] - delta / 2)
        return np.mean(e)

    return any(
        np.allclose(answer, wrong(delta, order), rtol=1e-4)
        for delta in (DELTA, WIDE)
        for order in ((True, False), (False, True))
    )


W, G, M, V = rng.uniform(0.5, 1.5, (4, 5))
G *= rng.choice([-1, 1], 5)
RATE, DECAY = float(rng.uniform(0.05, 0.15)), float(rng.uniform(0.1, 0.3))
# So small that ε counts as much as the root.
ZERO, TINY = np.zeros(5), np.full(5, 1e-7)
M1, V1 = 0.9 * M + 0.1 * G, 0.999 * V + 0.001 * G**2


def adamw(g=G, t=3, decay=DECAY, m=M, v=V):
    """(w, m, v) after one update."""
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
    step = (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7)
    return W - RATE * step - RATE * decay * W, m, v


# Ranks of the labels, of each another number, so that no two mistakes come to the same: 0 is the most probable class.
RANKS = rng.permutation(np.repeat(np.arange(7), [11, 4, 8, 3, 9, 4, 1]))
ROWS = np.arange(40)
while True:
    # As predict gives them.
    PROBABILITIES = rng.dirichlet(np.ones(7), 40).astype("float32")
    ORDER = np.argsort(-PROBABILITIES, axis=1)
    LABELS = ORDER[ROWS, RANKS]
    # The place of a class in the order is not the class at that place.
    MIXED = [ORDER[ROWS, LABELS] < 3, ORDER[ROWS, LABELS] >= 4]
    if all(np.mean(one) != np.mean(RANKS < 3) for one in MIXED):
        break


def losses(count, bumps, equal):
    """So many losses that fall by random steps, but for bumps and one epoch that equals the best before."""
    series = list(2 - np.cumsum(rng.uniform(0.05, 0.1, count)))
    for epoch in sorted([*bumps, equal]):
        series[epoch] = min(series[:epoch]) + (0 if epoch == equal else 0.3)
    return [float(loss) for loss in series]


def scaled(*series):
    scale = rng.uniform(0.5, 2)
    return [float(scale * loss) for loss in series]


def stop_early(series, patience):
    """(epochs that ran, the best of them)."""
    for end in range(patience + 1, len(series) + 1):
        if min(series[end - patience : end]) >= min(series[: end - patience]):
            return end, int(np.argmin(series[:end]))
    return len(series), int(np.argmin(series))


def same(answer, wanted, names):
    """A tuple of numbers or arrays against the right one."""
    wish = f"({', '.join(names)})"
    if not isinstance(answer, list | tuple | np.ndarray) or len(answer) != len(names):
        raise Miss(Text("Return {wish}.", wish=wish), answer, str(answer), wish)
    for got, want, name in zip(answer, wanted, names, strict=True):
        try:
            close(got, want, what=name)
        except Miss as miss:
            raise Miss(miss.why, answer, miss.came, miss.expected) from None


def gives(*wanted):
    """Whether an answer is a tuple with these entries; None stands for anything."""

    def is_it(answer):
        pairs = list(zip(answer, wanted, strict=True))
        return all(want is None or np.allclose(got, want, rtol=1e-4) for got, want in pairs)

    return is_it


@check(
    student.silu(X),
    student.silu(X.reshape(3, 4)),
    points=1,
    hint=(
        "Which function squeezes every number between 0 and 1? SiLU uses it as a gate.",
        "Compute the sigmoid of x, and multiply it by x, entry by entry.",
        "x / (1 + np.exp(-x))",
    ),
    mistakes={
        "This is the sigmoid alone: multiply it by x.": S,
        "This is ReLU: the gate of SiLU is the sigmoid, not a step.": np.maximum(X, 0),
        "The gate is the sigmoid of -x here: it is that of x.": X * (1 - S),
        "The gate is tanh here: it is the sigmoid.": X * np.tanh(X),
        "Brackets are missing: 1 / (1 + np.exp(-x)).": lambda a: any(
            np.allclose(np.ravel(a), wrong, rtol=1e-4)
            for wrong in (X + np.exp(-X), X * (1 + np.exp(-X)))
        ),
    },
)
def test_silu(answer, table):
    """silu is x times the sigmoid of x, for arrays of any shape."""
    close(answer, X * S)
    close(table, (X * S).reshape(3, 4))


@check(
    student.silu_slope(X),
    points=2,
    hint=(
        "What is the slope of a product of two functions?",
        "(x)' · sigmoid + x · (sigmoid)', and the slope of the sigmoid is s (1 - s).",
        "s + x * s * (1 - s), with s = 1 / (1 + np.exp(-x))",
    ),
    mistakes={
        "This is only the first half of the product rule: x times the slope of the sigmoid is missing.": S,
        "This is only the second half of the product rule: the sigmoid itself is missing.": (
            X * S * (1 - S)
        ),
        "This is the slope of the sigmoid alone: SiLU is a product.": S * (1 - S),
        "This is SiLU itself, not its slope.": X * S,
        "The second half lacks its factor 1 - s.": S + X * S,
    },
)
def test_silu_slope(answer):
    """silu_slope is the slope of SiLU."""
    close(answer, SLOPE)


SHARED = N * UNITS + UNITS


@check(
    student.shared_parameters(N, UNITS),
    student.shared_parameters(200, 128),
    points=2,
    hint=(
        "How many kernels does the model keep, if both inputs use the same one?",
        "Count the shared layer once. How many numbers go into the last layer?",
        "(n_inputs * units + units) + (2 * units + 1)",
    ),
    mistakes={
        "The layer is shared: its parameters count once.": 2 * SHARED + 2 * UNITS + 1,
        "`units` numbers are missing: the biases of the shared layer, or half of the last layer's 2 · units inputs.": (
            SHARED + UNITS + 1
        ),
        "The inputs are not joined before the shared layer: it sees n_inputs numbers at a time.": (
            2 * N * UNITS + UNITS + UNITS + 1
        ),
        "The biases are missing.": N * UNITS + 2 * UNITS,
        "The last layer is missing.": SHARED,
        "The last layer has a bias too.": SHARED + 2 * UNITS,
    },
)
def test_shared_parameters(answer, large):
    """shared_parameters counts a shared layer once."""
    close(answer, SHARED + 2 * UNITS + 1)
    close(large, 200 * 128 + 128 + 257)


@check(
    student.huber(Y, P, DELTA),
    student.huber(Y, P, WIDE),
    points=2,
    hint=(
        "Which entries have a small error, and which a large one? Each kind has its own rule.",
        "np.where(condition, one, other) chooses entry by entry; then take the mean.",
        "e = np.abs(y_true - y_pred); np.mean(np.where(e <= delta, e**2 / 2, delta * (e - delta / 2)))",
    ),
    mistakes={
        "Large errors are squared too: beyond delta the loss is a straight line.": np.mean(E**2)
        / 2,
        "This is the mean squared error: large errors have a rule of their own.": np.mean(E**2),
        "The second rule also takes entries that the first has changed: use np.where, or keep the errors as they were.": overwritten,
        "Use the absolute value of the error: a negative one counts as much as a positive one.": (
            lambda a: any(
                np.allclose(
                    a, np.mean(np.where(kind <= DELTA, D**2 / 2, DELTA * (line - DELTA / 2)))
                )
                for kind, line in ((E, D), (D, D), (D, E))
            )
        ),
        "Brackets: it is delta times (|e| - delta / 2).": np.mean(
            np.where(E <= DELTA, E**2 / 2, DELTA * E - DELTA / 2)
        ),
        "Half of delta is subtracted, so that both rules meet at delta.": np.mean(
            np.where(E <= DELTA, E**2 / 2, DELTA * (E - DELTA))
        ),
        "len counts the rows only: divide by the number of all entries, as np.mean does.": (
            np.sum(huber(DELTA)) / 6
        ),
        "The half of the square is missing.": np.mean(
            np.where(E <= DELTA, E**2, DELTA * (E - DELTA / 2))
        ),
        "The straight line begins too high: subtract delta / 2 from the error.": np.mean(
            np.where(E <= DELTA, E**2 / 2, DELTA * E)
        ),
        "delta is not used: it says where the straight line begins.": np.mean(huber(1.0)),
        "This is the sum, not the mean: divide by the number of entries.": np.sum(huber(DELTA)),
        "This is one number per sample: take the mean over all of them.": np.mean(
            huber(DELTA), axis=-1
        ),
        "The two rules are swapped: the square is for small errors.": np.mean(
            np.where(E > DELTA, E**2 / 2, DELTA * (E - DELTA / 2))
        ),
    },
)
def test_huber(answer, wide):
    """huber squares small errors, and grows in a straight line beyond delta."""
    close(answer, np.mean(huber(DELTA)))
    close(wide, np.mean(huber(WIDE)))


@check(
    student.adamw(W, G, M, V, 3, RATE, DECAY),
    student.adamw(W, G, M, V, 3, RATE, 0.0),
    student.adamw(W, TINY, ZERO, ZERO, 1, RATE, DECAY),
    points=2,
    hint=(
        "What would Adam do? And what happens to the weights besides?",
        "Adam's step comes from m and v alone; the shrinking comes from w alone. Both are subtracted from the old w.",
        "w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-7) - learning_rate * decay * w",
    ),
    mistakes={
        "The weights do not shrink: subtract learning_rate · decay · w.": gives(*adamw(decay=0.0)),
        "The decay went into the gradient: it changes w alone, and neither m nor v.": gives(
            None, *adamw(G + DECAY * W)[1:]
        ),
        "The weights shrink by decay · w: multiply by the learning rate too.": gives(
            adamw(decay=DECAY / RATE)[0], None, None
        ),
        "The weights grow: the decay is subtracted.": gives(adamw(decay=-DECAY)[0], None, None),
        "The weights shrink after the step: use w as it was before.": gives(
            adamw(decay=0.0)[0] * (1 - RATE * DECAY), None, None
        ),
        "m and v are returned as they are before the correction.": gives(
            None, M1 / (1 - 0.9**3), V1 / (1 - 0.999**3)
        ),
        "m and v are swapped: return (w, m, v).": gives(None, V1, M1),
        "m and v are not corrected: divide them by 1 - 0.9**t and 1 - 0.999**t.": gives(
            W - RATE * M1 / (np.sqrt(V1) + 1e-7) - RATE * DECAY * W, None, None
        ),
    },
)
def test_adamw(answer, without, tiny):
    """adamw takes Adam's step, and shrinks the weights besides."""
    same(answer, adamw(), ("w", "m", "v"))
    same(without, adamw(decay=0.0), ("w", "m", "v"))
    small = adamw(TINY, 1, m=ZERO, v=ZERO)
    # Keras adds ε to the root of v before its correction.
    as_keras = W - RATE * TINY / (TINY + 1e-7 / np.sqrt(0.001)) - RATE * DECAY * W
    require(
        gives(small[0], None, None)(tiny) or gives(as_keras, None, None)(tiny),
        "ε is added to the root, in brackets: m_hat / (np.sqrt(v_hat) + 1e-7).",
        tiny,
    )
    same(tiny[1:], small[1:], ("m", "v"))


@check(
    student.top_k_accuracy(LABELS, PROBABILITIES, 3),
    student.top_k_accuracy(LABELS, PROBABILITIES, 1),
    student.top_k_accuracy(LABELS, PROBABILITIES, 6),
    points=2,
    hint=(
        "In what order do the classes of one row stand, if the most probable comes first?",
        "np.argsort(-probabilities, axis=1) gives that order; is the label among the first k?",
        "np.mean([label in row[:k] for label, row in zip(labels, np.argsort(-probabilities, axis=1))])",
    ),
    mistakes={
        "k is not used: this is the share where the most probable class is right.": np.mean(
            RANKS < 1
        ),
        "These are the least probable classes: the largest come last in np.argsort.": np.mean(
            RANKS >= 4
        ),
        "A row counts once if its label is any of the k classes: do not divide by k too.": (
            np.mean(RANKS < 3) / 3
        ),
        "Only the k-th class is compared: take all of the first k.": np.mean(RANKS == 2),
        "This is the share of misses: subtract it from 1.": np.mean(RANKS >= 3),
        "One class too few counts: take the first k.": np.mean(RANKS < 2),
        "Each label belongs to one row: look for it among the k classes of that row only.": 1.0,
        "These are probabilities, not classes: np.argsort gives the classes.": 0.0,
        "This is a count: divide by the number of rows.": np.sum(RANKS < 3),
        "This is in percent: return a share between 0 and 1.": 100 * np.mean(RANKS < 3),
        "One class too many counts: the first k, without the next.": np.mean(RANKS < 4),
    },
)
def test_top_k_accuracy(answer, first, most):
    """top_k_accuracy is the share of labels among the k most probable classes."""
    close(answer, np.mean(RANKS < 3))
    close(first, np.mean(RANKS < 1))
    close(most, np.mean(RANKS < 6))


BUMP, PLATEAU, FALLING = losses(14, (4, 5, 6), 7), losses(12, (6,), 5), losses(11, (), 10)
# A better loss between worse ones; the first loss as the best; losses that fall and are still worse than the best.
AGAIN, FIRST = scaled(1.0, 1.1, 0.9, 1.0, 0.8, 0.9, 0.7), scaled(0.5, 0.6, 0.7, 0.8, 0.9)
ABOVE = scaled(1.0, 1.5, 1.4, 1.3, 1.2, 0.9)
NAMES = ("epochs", "best")


@check(
    student.stop_early(BUMP, 3),
    student.stop_early(PLATEAU, 2),
    student.stop_early(PLATEAU, 3),
    student.stop_early(FALLING, 2),
    student.stop_early(AGAIN, 3),
    student.stop_early(FIRST, 2),
    student.stop_early(ABOVE, 3),
    points=3,
    hint=(
        "Go through the losses as they come: what must you remember from epoch to epoch?",
        "Remember the best loss so far, its index, and how many epochs in a row were not better. A better one sets that count to 0.",
        "if loss < best: best, index, waited = loss, epoch, 0; else: waited += 1, and at patience return (epoch + 1, index)",
    ),
    mistakes={
        "Only epochs in a row count: set the count back to 0 at each better loss.": gives(6, 4),
        "The first epoch is the best so far: it does not wait, and it may stay the best.": (
            lambda a: gives(2, 0)(a) or gives(4, 1)(a)
        ),
        "Compare with the best loss so far, not with the epoch before.": gives(6, 5),
        "One epoch too few: it stops too early, or returns the last index in place of the count.": (
            gives(6, 3)
        ),
        "Epochs count from 0: the best one is an index.": gives(7, 4),
        "It stops too late: after exactly `patience` epochs that were not better.": gives(8, 3),
        "The second entry is the index of the best epoch, not its loss.": gives(7, min(BUMP[:7])),
        "The two entries are swapped: how many epochs ran comes first.": gives(3, 7),
        "The last return stands inside the loop, so that it comes at the first epoch: move it behind the loop.": (
            gives(14, 0)
        ),
        "It never stops: return as soon as `patience` epochs in a row were not better.": gives(
            14, None
        ),
        "The last epoch is not the best one: the loss had not fallen any more.": gives(7, 6),
        "Where two losses are equal, the first one stays the best.": (
            lambda a: gives(11, 10)(a) or gives(7, 5)(a)
        ),
    },
)
def test_stop_early(bump, plateau, patient, falling, again, first, above):
    """stop_early ends after `patience` epochs that were not better, and names the best one."""
    same(bump, stop_early(BUMP, 3), NAMES)
    require(
        not gives(12, None)(plateau), "An equal loss is not better: it counts as waiting.", plateau
    )
    same(plateau, stop_early(PLATEAU, 2), NAMES)
    require(
        patient is not None,
        "Where training never stops early, nothing is returned: return both numbers after the loop too.",
        patient,
    )
    same(patient, stop_early(PLATEAU, 3), NAMES)
    for answer, series, patience in (
        (falling, FALLING, 2),
        (again, AGAIN, 3),
        (first, FIRST, 2),
        (above, ABOVE, 3),
    ):
        same(answer, stop_early(series, patience), NAMES)
