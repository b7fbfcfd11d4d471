"""Checks for 06_gradient_descent; gradients come from central differences of the loss, which know no formula."""

import numpy as np

from course.checks import Miss, Text, check, close, inputs, require, show, student

rng = inputs()
X, Y = rng.normal(size=(9, 3)), rng.normal(size=9) + 1
W, B = rng.normal(size=3), float(rng.uniform(0.5, 1.5))


def slope(loss, at):
    """The gradient of loss(array) by central differences: an oracle that knows no formula."""
    flat = np.asarray(at, dtype=float).ravel()
    found = np.empty_like(flat)
    for i in range(flat.size):
        up, down = flat.copy(), flat.copy()
        up[i], down[i] = up[i] + 1e-5, down[i] - 1e-5
        found[i] = (loss(up.reshape(np.shape(at))) - loss(down.reshape(np.shape(at)))) / 2e-5
    return found.reshape(np.shape(at))


DW = slope(lambda w: np.mean((X @ w + B - Y) ** 2), W)
DB = slope(lambda b: np.mean((X @ W + b - Y) ** 2), B)


def parts(answer, names):
    """The entries of an answer that is a tuple or a list of so many."""
    wish = f"({', '.join(names)})"
    require(
        isinstance(answer, list | tuple),
        Text("It is not a tuple: return {wish}.", wish=wish),
        answer,
        wish,
    )
    require(
        len(answer) == len(names),
        Text("It has {value} entries, expected {value1}.", value=len(answer), value1=len(names)),
        answer,
        wish,
    )
    return answer


def pair_is(dw, db):
    """A condition for a known wrong pair."""
    return lambda a: (
        np.allclose(np.asarray(a[0]), dw, rtol=1e-3, atol=1e-5)
        and np.allclose(np.asarray(a[1]), db, rtol=1e-3, atol=1e-5)
    )


def all_close(answer, expected, names):
    """Compare entry by entry; a miss is about the whole answer, so that known mistakes are recognised."""
    for one, wanted, name in zip(parts(answer, names), expected, names, strict=True):
        try:
            close(one, wanted, what=name)
        except Miss as miss:
            raise Miss(miss.why, answer, miss.came, miss.expected) from None


@check(
    student.gradient(X, Y, W, B),
    points=2,
    hint=(
        "How much does the loss change if w becomes a little larger?",
        "The slope of a square is twice its inside, times the inside's own slope: x for w, 1 for b. Then the mean.",
        "e = x @ w + b - y; then dw = 2 * x.T @ e / n and db = 2 * mean(e).",
    ),
    mistakes={
        "The factor 2 from the square is missing.": pair_is(DW / 2, DB / 2),
        "This is the gradient of the sum: divide by the number of samples.": pair_is(
            DW * 9, DB * 9
        ),
        "The sign is wrong: the error is prediction minus answer.": pair_is(-DW, -DB),
        "dw and db are swapped.": lambda a: np.ndim(a[0]) == 0 and np.ndim(a[1]) == 1,
        "The bias b is missing from the prediction.": pair_is(
            2 * X.T @ (X @ W - Y) / 9, 2 * np.mean(X @ W - Y)
        ),
        "db is a sum: divide it by the number of samples too.": pair_is(DW, DB * 9),
        "dw is a sum: divide it by the number of samples too.": pair_is(DW * 9, DB),
        "dw is not multiplied by the inputs x.": lambda a: (
            np.allclose(a[0], a[1], rtol=1e-3) or np.allclose(a[0], DB, rtol=1e-3)
        ),
        "Only the last sample counts: add up with +=.": lambda a: np.allclose(
            a[0], 2 * (X[-1] @ W + B - Y[-1]) * X[-1] / 9, rtol=1e-3
        ),
    },
)
def test_gradient(answer):
    """gradient returns the gradient of the mean squared error with respect to w and b."""
    all_close(answer, (DW, DB), ("dw", "db"))


RATE = float(rng.uniform(0.05, 0.2))
# A steep place.
STEEP_W, STEEP_B = (
    rng.uniform(1.5, 4, len(W)) * rng.choice([-1, 1], len(W)),
    float(rng.uniform(1.5, 4)),
)


@check(
    student.step(W, B, STEEP_W, STEEP_B, RATE),
    points=1,
    hint=(
        "In which direction does the loss fall: with the gradient, or against it?",
        "w - learning_rate * dw, and the same for b.",
    ),
    mistakes={
        "This walks uphill: subtract the gradient.": pair_is(
            W + RATE * STEEP_W, B + RATE * STEEP_B
        ),
        "The learning rate is missing.": pair_is(W - STEEP_W, B - STEEP_B),
        "The bias is not updated.": pair_is(W - RATE * STEEP_W, B),
        "The order is wrong: return (w, b).": lambda a: np.ndim(a[0]) == 0 and np.ndim(a[1]) == 1,
        "These are only the steps: subtract them from w and b.": pair_is(
            RATE * STEEP_W, RATE * STEEP_B
        ),
        "The result is None: is a `return` missing?": lambda a: a is None,
        "These are only the steps: return w and b after the step.": pair_is(
            -RATE * STEEP_W, -RATE * STEEP_B
        ),
    },
)
def test_step(answer):
    """step moves against the gradient; the learning rate sets how far."""
    all_close(answer, (W - RATE * STEEP_W, B - RATE * STEEP_B), ("w", "b"))


N, SIZE = int(rng.integers(3, 9)) * 10 + 3, 10


@check(
    student.updates_per_epoch(N, SIZE),
    student.updates_per_epoch(60, 16),
    student.updates_per_epoch(640, 16),
    student.updates_per_epoch(5, 16),
    points=1,
    hint=(
        "7 samples in batches of 3: how many batches, if no sample is left out?",
        "Round up: -(-n_samples // batch_size), or math.ceil.",
    ),
    mistakes={
        "The last, short batch is missing: round up.": N // SIZE,
        "This is the number of samples per batch, not of batches.": SIZE,
        "The number of updates is a whole number: round up.": N / SIZE,
        "It is upside down: divide the samples by the batch size.": lambda a: a in (1, SIZE / N),
        "This is the number of samples: count the batches.": N,
        "Round up only if there is a remainder: 640 samples in batches of 16 make 40 updates.": lambda a: (
            a == 41
        ),
    },
)
def test_updates_per_epoch(answer, short, even, one):
    """updates_per_epoch counts the batches, including the short one."""
    for got, want in ((answer, N // SIZE + 1), (short, 4), (even, 40), (one, 1)):
        close(got, want)


def batches(answer):
    require(isinstance(answer, list | tuple | np.ndarray), "It is not a list of batches.", answer)
    try:
        return [np.asarray(one).ravel().astype(int) for one in answer]
    except (TypeError, ValueError):
        raise Miss("Its entries are not arrays of indices.", answer, show(answer)) from None


BATCHES = student.minibatches(N, SIZE, 5)


@check(
    BATCHES,
    student.minibatches(N, SIZE, 5),
    student.minibatches(N, SIZE, 6),
    student.minibatches(N, N, 5),
    student.minibatches(21, 10, 5),
    points=2,
    hint=(
        "How can every sample come exactly once, but in another order?",
        "Shuffle the numbers of the samples, and cut the list into pieces.",
        "np.random.default_rng(seed).permutation(n_samples), then slices of batch_size.",
    ),
)
def test_minibatches(answer, again, other, whole, one_left):
    """minibatches returns every sample exactly once, shuffled, in batches of batch_size."""
    found = batches(answer)
    order = np.concatenate(found) if found else np.zeros(0, int)
    came = Text("batches of {value}", value=[len(one) for one in found])
    if len(order) < N and len(found) == N // SIZE:
        raise Miss(
            "The last, short batch is dropped.",
            answer,
            came,
            Text("{N} samples in {value} batches", N=N, value=N // SIZE + 1),
        )
    require(
        len(order) == N or len(set(order.tolist())) == len(order),
        "Some samples appear twice: draw without replacement.",
        answer,
    )
    require(
        sorted(order.tolist()) != list(range(1, N + 1)),
        "Indices count from 0.",
        answer,
        Text("each of 0 to {value} once", value=N - 1),
    )
    require(
        sorted(order.tolist()) == list(range(N)),
        "It does not contain every sample exactly once.",
        answer,
        Text("each of 0 to {value} once", value=N - 1),
    )
    require(
        len(found) != SIZE or len(found[0]) == SIZE,
        "batch_size is the size of a batch, not the number of batches.",
        answer,
        Text("batches of {SIZE}", SIZE=SIZE),
    )
    require(
        sorted(map(len, found)) != [N % SIZE] + [SIZE] * (N // SIZE) or len(found[-1]) == N % SIZE,
        "Only the batches, or the samples inside them, are shuffled: shuffle all samples first.",
        answer,
    )
    require(
        [len(one) for one in found] == [SIZE] * (N // SIZE) + [N % SIZE],
        Text("It has {came}.", came=came),
        answer,
        Text("batches of {SIZE}", SIZE=SIZE),
    )
    require(order.tolist() != list(range(N)), "The samples are not shuffled.", answer)
    inside = all(np.ptp(one) < SIZE for one in found)
    require(
        not inside,
        "Only the batches, or the samples inside them, are shuffled: shuffle all samples first.",
        answer,
    )
    require(
        np.concatenate(batches(again)).tolist() == order.tolist(),
        "The same seed gives another order: use `seed`.",
        again,
    )
    require(
        np.concatenate(batches(other)).tolist() != order.tolist(),
        "Another seed gives the same order: use `seed`.",
        other,
    )
    sizes = [len(one) for one in batches(one_left)]
    require(
        sizes == [10, 10, 1],
        Text("21 samples in batches of 10 gave batches of {sizes}.", sizes=sizes),
        one_left,
        "batches of [10, 10, 1]",
    )
    require(len(batches(whole)) == 1, "With batch_size = n_samples there is one batch.", whole)


TRUE_W, TRUE_B = rng.uniform(0.5, 2.0, 3) * rng.choice([-1, 1], 3), float(rng.uniform(1, 2))
X_TRAIN = rng.normal(size=(203, 3))
Y_TRAIN = X_TRAIN @ TRUE_W + TRUE_B


@check(
    student.train(X_TRAIN, Y_TRAIN, 0.05, 20, 16, 3),
    student.train(X_TRAIN, Y_TRAIN, 0.01, 3, 203, 3),
    points=3,
    hint=(
        "What happens in an update, and when do you write down a loss?",
        "Two loops: the outer one over the epochs, the inner one over the batches.",
        "For each epoch, for each batch of minibatches(..., seed + epoch): gradient, then step; then record the loss.",
    ),
    mistakes={
        "The weights diverged: the steps are too large. Use learning_rate as it is given.": lambda a: (
            not np.all(np.abs(a[0]) < 1e25)
        ),
        "losses has one entry only: is the return inside the loop over the epochs?": lambda a: (
            len(a[2]) == 1
        ),
        "The bias is not learnt: it is still 0.": lambda a: (
            np.size(a[1]) == 1 and float(np.ravel(a[1])[0]) == 0
        ),
        "There is one loss per epoch, not one per update.": lambda a: len(a[2]) == 20 * 13,
        "The weights diverged: subtract the gradient.": lambda a: not np.all(np.abs(a[0]) < 50),
        "The losses are not returned: return (w, b, losses).": lambda a: len(a) == 2,
    },
)
def test_train(answer, slow):
    """train finds the weights of clean linear data, and its losses fall."""
    w, b, losses = learnt(answer, 20)
    require(
        np.isfinite(losses).all(),
        "The loss is not a finite number: the steps are too large.",
        answer,
    )
    require(
        losses[-1] < 0.5 * losses[0],
        "The losses do not fall from epoch to epoch: go on with the weights of the epoch before.",
        answer,
    )
    for name, got, want in (("w", w, TRUE_W), ("b", b, TRUE_B)):
        got = np.asarray(got, dtype=float).ravel()
        want = np.ravel(want)
        require(
            got.shape == want.shape,
            Text(
                "{name} has {size} entries, expected {size1}.",
                name=name,
                size=got.size,
                size1=want.size,
            ),
            answer,
        )
        why = Text(
            "{name} is {value}, expected {value1} within 0.05.",
            name=name,
            value=np.round(got, 3),
            value1=np.round(want, 3),
        )
        require(np.all(np.abs(got - want) <= 0.05), why, answer)
    require(losses[-1] < 0.1 * losses[0], "The losses do not fall.", answer)
    _, _, losses = learnt(slow, 3)
    why = Text(
        "Three updates on all samples with a learning rate of 0.01 hardly change the loss: use batch_size and learning_rate."
    )
    require(losses[-1] > 0.8 * losses[0], why, slow)


def learnt(answer, epochs):
    """What train gave: w, b and the losses as an array, of which there must be one per epoch."""
    w, b, losses = parts(answer, ("w", "b", "losses"))
    losses = np.asarray(losses, dtype=float).ravel()
    require(
        len(losses) == epochs,
        Text(
            "losses has {value} entries, expected one per epoch: {epochs}.",
            value=len(losses),
            epochs=epochs,
        ),
        answer,
    )
    return w, b, losses


H, M = 4, 2
V1, C1, V2, C2 = (
    rng.normal(size=(3, H)),
    rng.normal(size=H),
    rng.normal(size=(H, M)),
    rng.normal(size=M),
)
YB = rng.normal(size=(9, M))


def loss(v1=V1, c1=C1, v2=V2, c2=C2):
    return np.mean((1 / (1 + np.exp(-(X @ v1 + c1))) @ v2 + c2 - YB) ** 2)


NAMES = ("dw1", "db1", "dw2", "db2")
BACK = tuple(
    slope(lambda value, key=key: loss(**{key: value}), at)
    for key, at in (("v1", V1), ("c1", C1), ("v2", V2), ("c2", C2))
)
HIDDEN = 1 / (1 + np.exp(-(X @ V1 + C1)))
ERROR = 2 * (HIDDEN @ V2 + C2 - YB) / YB.size


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# The output with a sigmoid of its own, and the errors that come of it with and without its slope.
SQUASHED = sigmoid(HIDDEN @ V2 + C2)
SQUASHED_ERROR = 2 * (SQUASHED - YB) / YB.size
BENT = HIDDEN * (1 - HIDDEN)


def scaled(factor):
    return lambda a: all(
        np.allclose(np.asarray(got), factor * want, rtol=1e-3, atol=1e-5)
        for got, want in zip(a, BACK, strict=True)
    )


def first_is(wrong):
    return lambda a: (
        np.shape(a[0]) == wrong.shape and np.allclose(a[0], wrong, rtol=1e-3, atol=1e-5)
    )


@check(
    student.backprop(X, YB, V1, C1, V2, C2),
    points=3,
    hint=(
        "How much does the loss change with each entry of the output? Begin there, and go back layer by layer.",
        "Each layer passes back e @ w.T, times its activation's slope h (1 - h). Lesson 06 does it with numbers, as a graph.",
        "e = 2 (out - y) / y.size; dw2 = h.T e; then d = (e w2.T) h (1 - h); dw1 = x.T d. The biases sum over the batch.",
    ),
    mistakes={
        "The factor 2 from the square is missing.": scaled(0.5),
        "The sign is wrong: the error is prediction minus answer.": scaled(-1),
        "This is the gradient of the sum: divide by the number of entries.": scaled(YB.size),
        "The mean runs over all batch * m entries: divide by m too.": scaled(M),
        "The sigmoid's slope h (1 - h) is missing in the backward pass.": first_is(
            X.T @ (ERROR @ V2.T)
        ),
        "The sigmoid's slope is h (1 - h), with the outputs h.": first_is(
            X.T @ ((ERROR @ V2.T) * HIDDEN)
        ),
        "The gradients are in the wrong order: return (dw1, db1, dw2, db2).": lambda a: (
            np.shape(a[0]) == (H, M)
        ),
        "The slope is h (1 - h) of the outputs h: here the sigmoid is applied once more.": first_is(
            X.T @ ((ERROR @ V2.T) * sigmoid(HIDDEN) * (1 - sigmoid(HIDDEN)))
        ),
        "The biases sum over the batch: the mean is already in the error.": lambda a: (
            np.allclose(a[0], BACK[0], rtol=1e-3) and np.allclose(a[1], BACK[1] / 9, rtol=1e-3)
        ),
        "The output layer is linear: here it has a sigmoid.": lambda a: any(
            np.allclose(a[2], HIDDEN.T @ (SQUASHED_ERROR * s), rtol=1e-3)
            for s in (1, SQUASHED * (1 - SQUASHED))
        ),
    },
)
def test_backprop(answer):
    """backprop returns the gradients of all four weights."""
    all_close(answer, BACK, NAMES)
