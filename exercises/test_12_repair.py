"""Checks for 12_repair: each tells what goes wrong, and leaves it to the student to find out why."""

import itertools

import numpy as np

from course.checks import (
    Miss,
    Text,
    check,
    close,
    compiled_as,
    inputs,
    is_model,
    keras,
    numbers,
    require,
    rows,
    student,
)

rng = inputs()
N = int(rng.integers(4, 9))
X = rng.normal(size=(7, N))


def weights(*sizes):
    """Kernels and biases of a network with these sizes, of numbers that keep its sums of the size of 1."""
    pairs = itertools.pairwise(sizes)
    arrays = [(rng.normal(size=(n, m)) / np.sqrt(n), rng.normal(size=m) / 4) for n, m in pairs]
    return [array for pair in arrays for array in pair]


def outputs(x, arrays, hidden=lambda a: np.maximum(a, 0), last=lambda a: a):
    """What a network of dense layers gives."""
    for at in range(0, len(arrays), 2):
        x = x @ arrays[at] + arrays[at + 1]
        x = last(x) if at == len(arrays) - 2 else hidden(x)
    return x


def softmax(a):
    powers = np.exp(a - a.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def same(model, arrays):
    """Miss unless a model has weights of these shapes still."""
    shapes = [weight.shape for weight in is_model(model).weights]
    kept = shapes == [array.shape for array in arrays]
    why = Text("It has other layers than before, or layers of other sizes: mend only the fault.")
    require(kept, why, model)


def as_classes(answer, arrays):
    """Miss unless these are the probabilities of one softmax over the last dense layer."""
    p, right = numbers(answer), softmax(outputs(X, arrays))
    adds = p.shape == right.shape and np.allclose(p.sum(axis=1), 1, atol=1e-3)
    require(adds, "The five outputs of a sample do not add up to 1.", answer)
    alone = Text("Something else than one softmax is applied to the sums of the last Dense layer.")
    require(np.allclose(p, right, rtol=1e-3, atol=1e-5), alone, answer)


CLASSES = [5 * array for array in weights(N, 16, 5)]
kinds, one = student.five_kinds(N), student.one_of_five(N)


@check(
    kinds,
    kinds.set_weights(CLASSES),
    kinds(X),
    points=1,
    hint=(
        "How certain can it be at most? Print model.predict for one sample.",
        "Count what turns numbers into shares: once is enough.",
    ),
)
def test_five_kinds(model, _, answer):
    """five_kinds can be certain: one of its five probabilities comes near to 1."""
    same(model, CLASSES)
    p = numbers(answer)
    flat = p.shape == (7, 5) and np.allclose(p.sum(axis=1), 1, atol=1e-3) and p.max() < 0.41
    require(not flat, "No probability is ever above 0.41, whatever the sample.", answer)
    as_classes(answer, CLASSES)


@check(
    one,
    one.set_weights(CLASSES),
    one(X),
    points=1,
    hint=(
        "Add up the five outputs of one sample. What should the sum be?",
        "Which activation makes shares of numbers, so that one class's gain is the others' loss?",
    ),
)
def test_one_of_five(model, _, answer):
    """one_of_five gives five probabilities that add up to 1."""
    same(model, CLASSES)
    as_classes(answer, CLASSES)


PRICE = weights(N, 16, 16, 1)
cost = student.price(N)


@check(
    cost,
    cost.set_weights(PRICE),
    cost(X),
    points=1,
    hint=(
        "Two layers in a row without anything between them are one layer. Where is nothing between them?",
        "Count the activations: one after each hidden layer, none at the end.",
    ),
)
def test_price(model, _, answer):
    """price has a non-linear activation after each of its two hidden layers, and ends in a plain number."""
    same(model, PRICE)
    last = rows(model)[-1]
    plain = last.class_name in ("Dense", "Activation") and last.activation in (None, "linear")
    require(plain, "The last layer has an activation now: a price has none.", model)
    given = numbers(answer)
    require(given.shape == (7, 1), Text("The output has shape {shape}.", shape=given.shape), answer)
    for bend in BENDS:
        # What comes out where one of the two hidden layers has no activation.
        first, second = outputs(X, PRICE[:2]), bend(outputs(X, PRICE[:2]))
        lacking = [outputs(bend(outputs(first, PRICE[2:4])), PRICE[4:]), outputs(second, flat())]
        straight = any(np.allclose(given, one, rtol=1e-3, atol=1e-4) for one in lacking)
        why = Text("One of the hidden layers adds nothing that the next one could not do alone.")
        require(not straight, why, answer)


def flat():
    """The second hidden layer and the output of PRICE as the one layer that they are without an activation."""
    return [PRICE[2] @ PRICE[4], PRICE[3] @ PRICE[4] + PRICE[5]]


BENDS = (
    lambda a: a,
    lambda a: np.maximum(a, 0),
    np.tanh,
    lambda a: 1 / (1 + np.exp(-a)),
    lambda a: np.where(a > 0, a, np.expm1(np.minimum(a, 0))),
    lambda a: np.where(a > 0, a, 0.3 * a),
    lambda a: np.where(a > 0, a, 0.2 * a),
    lambda a: a / (1 + np.exp(-a)),
    lambda a: np.log1p(np.exp(a)),
)


DIGITS = weights(64, 32, 10)
IMAGES = rng.integers(0, 256, (6, 64)).astype(float)
digits = student.pixels()


@check(
    digits,
    digits.set_weights(DIGITS),
    digits(IMAGES),
    points=1,
    hint=(
        "keras.layers.Rescaling, with which factor? It belongs inside the model, before the first Dense layer.",
        "What is 255 times the factor? It should be 1.",
    ),
)
def test_pixels(model, _, answer):
    """pixels brings 0 … 255 to 0 … 1 inside the model."""
    same(model, DIGITS)
    large, right = (softmax(outputs(x, DIGITS)) for x in (IMAGES, IMAGES / 255))
    given = numbers(answer)
    require(given.shape == right.shape, "Each image needs ten probabilities.", answer)
    if np.allclose(given, right, rtol=1e-3, atol=1e-5):
        return
    raw = np.allclose(given, large, atol=1e-3)
    require(not raw, "The first Dense layer still gets numbers up to 255.", answer)
    raise Miss("The first Dense layer does not get 0 … 1: 255 becomes 1, and 0 stays 0.", answer)


network = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="softmax")])


@check(
    student.compiled(network),
    points=1,
    hint=(
        "How far does one step go? Compare with the rates of lesson 07.",
        "With a rate of 10 each step jumps over the valley. Try a hundredth or a thousandth of it.",
    ),
    mistakes={"The model is not returned: end with `return model`.": lambda m: m is None},
)
def test_compiled(model):
    """compiled uses plain SGD, and a rate at which a network learns."""
    compiled_as(model, loss="sparse_categorical_crossentropy", optimizer="SGD", metric="accuracy")
    used = model.compiled.optimizer.config
    rate = used.get("learning_rate")
    require(not used.get("momentum"), "The optimizer has momentum now: mend only the fault.", model)
    fixed = isinstance(rate, float | int)
    require(fixed, "The rate is a schedule now: give it one number.", model)
    wish = Text("a rate from 0.0001 to 0.5")
    slow = Text("With a rate of {rate} the loss hardly moves.", rate=f"{rate:.3g}")
    require(rate >= 1e-4, slow, model, wish)
    wild = Text("With a rate of {rate} the loss jumps about.", rate=f"{rate:.3g}")
    require(rate <= 0.5, wild, model, wish)


SAMPLES = rng.normal(size=(40, 3))
MARKS = np.arange(40) + int(rng.integers(100))


SEED = int(rng.integers(1000))
shuffled = student.shuffled


@check(
    shuffled(SAMPLES, MARKS, SEED),
    shuffled(SAMPLES, MARKS, SEED),
    shuffled(SAMPLES, MARKS, SEED + 1),
    points=1,
    hint=(
        "Draw one order, and use it twice.",
        "order = np.random.default_rng(seed).permutation(len(x)) is one order: both x and y need it.",
    ),
)
def test_shuffled(answer, again, other):
    """shuffled gives rows and labels in one new order, which is drawn from the seed."""
    two = isinstance(answer, tuple | list) and len(answer) == 2
    require(two, "Return two things: x and y.", answer)
    x, y = numbers(answer[0]), numbers(answer[1])
    whole = x.shape == SAMPLES.shape and y.shape == MARKS.shape
    require(whole and np.array_equal(np.sort(y), MARKS), "Rows or labels were lost.", answer)
    moved = not np.array_equal(y, MARKS)
    require(moved, "The order is still the old one.", answer)
    fitting = np.allclose(x, SAMPLES[y.astype(int) - MARKS[0]])
    require(fitting, "A row has another row's label.", answer)
    repeated = np.array_equal(numbers(again[1]), y)
    require(repeated, "The same seed gives another order the next time: draw from it.", again)
    drawn = not np.array_equal(numbers(other[1]), y)
    require(drawn, "Another seed gives the same order: draw from it.", other)


PARTS = [SAMPLES[:32], MARKS[:32], SAMPLES[32:], MARKS[32:]]


@check(
    student.split(SAMPLES, MARKS),
    points=1,
    hint=(
        "How many rows do both parts have together, and how many are there?",
        "Where should the test begin?",
    ),
)
def test_split(answer):
    """split gives each row to one part only."""
    four = isinstance(answer, tuple | list) and len(answer) == 4
    require(four, "Return four things: x_train, y_train, x_test, y_test.", answer)
    labels = [numbers(answer[at]) for at in (1, 3)]
    twice = np.intersect1d(*labels).size
    why = Text("{count} rows are in both parts.", count=twice)
    require(not twice, why, answer)
    sizes = [len(part) for part in answer]
    ordered = sizes[0] == sizes[1] and np.ndim(answer[1]) == 1
    require(ordered, "The order of the four is x_train, y_train, x_test, y_test.", answer)
    lost = Text("{count} rows are in neither part.", count=40 - sizes[1] - sizes[3])
    require(sizes[1] + sizes[3] == 40, lost, answer)
    for part, right, name in zip(
        answer, PARTS, ("x_train", "y_train", "x_test", "y_test"), strict=True
    ):
        try:
            close(part, right, what=Text(name))
        except Miss as miss:
            raise Miss(miss.why, answer, miss.came, miss.expected) from miss


LOSSES = rng.uniform(0.2, 2.0, int(rng.integers(8, 15)))
# The smallest is not the last one, as it is in training.
LOSSES[int(rng.integers(1, len(LOSSES) - 1))] = 0.1


@check(
    student.best_epoch({"loss": np.sort(LOSSES)[::-1].tolist(), "val_loss": LOSSES.tolist()}),
    points=1,
    hint=("Is a large loss good?", "argmax finds the place of the largest number."),
    mistakes={
        "This is the epoch with the smallest loss in training.": len(LOSSES) - 1,
        "The epochs are counted from 0.": int(LOSSES.argmin()) + 1,
        "This is the loss itself: give the number of its epoch.": float(LOSSES.min()),
    },
)
def test_best_epoch(answer):
    """best_epoch is the epoch with the smallest validation loss."""
    worst = Text("In epoch {epoch} the validation loss is largest.", epoch=int(LOSSES.argmax()))
    require(answer != LOSSES.argmax(), worst, answer)
    close(answer, LOSSES.argmin())


NAMES = {
    "five_kinds": "g",
    "one_of_five": "f",
    "price": "a",
    "pixels": "b",
    "compiled": "e",
    "shuffled": "c",
    "split": "d",
    "best_epoch": "h",
}


def named(answer, functions):
    """Miss unless each of these functions has its fault's letter."""
    given = answer if isinstance(answer, dict) else {}
    letters = {name: str(given.get(name) or "").strip().lower()[:1] for name in functions}
    empty = [name for name, letter in letters.items() if not letter]
    require(
        not empty, Text("{name} has no letter yet.", name=empty[:1][0] if empty else ""), answer
    )
    wrong = [name for name, letter in letters.items() if letter != NAMES[name]]
    why = Text("The letter for {name} is not right.", name=wrong[0] if wrong else "")
    require(not wrong, why, answer)


@check(
    student.FAULTS, points=2, hint="Look at what you changed: which of the eight sentences says it?"
)
def test_faults_of_models(answer):
    """FAULTS names the faults of five_kinds, one_of_five, price and pixels."""
    named(answer, list(NAMES)[:4])


@check(
    student.FAULTS, points=2, hint="Look at what you changed: which of the eight sentences says it?"
)
def test_faults_of_programs(answer):
    """FAULTS names the faults of compiled, shuffled, split and best_epoch."""
    named(answer, list(NAMES)[4:])
