"""Checks for 04_sequential_model; the expected summary stands on slide 12, the outputs are NumPy's."""

import itertools

import numpy as np

from course.checks import (
    Miss,
    Row,
    Text,
    check,
    close,
    inputs,
    keras,
    require,
    rows,
    same_summary,
    show,
    student,
    weights_like,
)

rng = inputs()
SIZES = [200, 128, 256, 5]
WEIGHTS = [
    array
    for n, m in itertools.pairwise(SIZES)
    for array in (rng.normal(size=(n, m)) / np.sqrt(n) * 2, rng.normal(size=m) * 0.3)
]
X = rng.normal(size=(6, 200))

SUMMARY = [
    Row("Dense", 128, 25_728, "linear"),
    Row("Activation", 128, 0, "sigmoid"),
    Row("Dense", 256, 33_024, "linear"),
    Row("Activation", 256, 0, "sigmoid"),
    Row("Dense", 5, 1_285, "linear"),
    Row("Activation", 5, 0, "softmax"),
]
COMPACT = [
    Row("Dense", 128, 25_728, "sigmoid"),
    Row("Dense", 256, 33_024, "sigmoid"),
    Row("Dense", 5, 1_285, "softmax"),
]


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def network(last=softmax, hidden=lambda a: 1 / (1 + np.exp(-a))):
    k1, b1, k2, b2, k3, b3 = WEIGHTS
    return last(hidden(hidden(X @ k1 + b1) @ k2 + b2) @ k3 + b3)


def units(model):
    return [row.units for row in rows(model) if row.class_name == "Dense"]


def twice(model):
    """Whether an activation stands in a Dense layer and again as the layer after it."""
    pairs = itertools.pairwise(rows(model))
    return any(
        one.class_name == "Dense" and one.activation == two.activation != "linear"
        for one, two in pairs
        if two.class_name == "Activation"
    )


STRUCTURE = {
    "An activation is applied twice: inside the Dense layer, and as the layer after it.": twice,
    "The layers are in the wrong order: each Activation comes after its Dense layer.": lambda m: (
        rows(m)[0].class_name == "Activation"
    ),
    "The hidden layers are in the wrong order: 128 first, then 256.": lambda m: (
        units(m) == [256, 128, 5]
    ),
    "The input size is missing: begin with keras.Input(shape=(200,)).": lambda m: not m.built,
    "One hidden layer is missing.": lambda m: len(units(m)) == 2,
    "The output activation is sigmoid: for many classes it is softmax.": lambda m: (
        units(m) == [128, 256, 5] and rows(m)[-1].activation == "sigmoid"
    ),
    "The output activation, softmax, is missing.": lambda m: (
        units(m) == [128, 256, 5] and rows(m)[-1].activation == "linear"
    ),
    "Softmax is applied twice.": lambda m: [row.activation for row in rows(m)].count("softmax") > 1,
    "The number of the model's inputs is not 200.": lambda m: (
        units(m) == [128, 256, 5] and m.weights[0].shape[0] != 200
    ),
}


@check(
    student.build_model(),
    points=3,
    hint=(
        "How many layers has the slide's network, if each activation is a layer too?",
        "Go from the input to the output: 200 numbers come in; then 128, 256 and 5 units, an activation after each.",
        "Start with keras.Input(shape=(200,)), then alternate Dense and Activation layers.",
    ),
    mistakes=STRUCTURE
    | {
        "The activations are inside the Dense layers: here each one is a separate layer, as on the slide.": lambda m: (
            len(rows(m)) == 3 and units(m) == [128, 256, 5]
        ),
        "It has the right layers, but it is not a Sequential model.": lambda m: (
            not m.kind.endswith("Sequential") and rows(m) == SUMMARY
        ),
    },
)
def test_build_model(answer):
    """build_model's summary is exactly the same as the slides'."""
    same_summary(answer, SUMMARY)
    require(
        answer.kind.endswith("Sequential"),
        "It is not a Sequential model.",
        answer,
        "keras.Sequential",
    )


loaded = student.build_model()
OUTPUTS = {
    "The outputs do not sum to 1: softmax is missing.": network(lambda z: z),
    "The outputs do not sum to 1: for many classes the output activation is softmax, not sigmoid.": network(
        lambda z: 1 / (1 + np.exp(-z))
    ),
    "Softmax is applied twice.": network(lambda z: softmax(softmax(z))),
    "The hidden activation is relu: the slides' is sigmoid.": network(
        hidden=lambda a: np.maximum(a, 0)
    ),
    "The hidden activation is tanh: the slides' is sigmoid.": network(hidden=np.tanh),
    "The hidden activations are missing: without them, the layers are just one linear layer.": network(
        hidden=lambda a: a
    ),
}


@check(
    loaded,
    loaded.set_weights(WEIGHTS),
    loaded(X),
    points=2,
    hint=(
        "What should the five outputs of a sample sum to? Print model.predict for one.",
        "sigmoid after both hidden layers, softmax at the end.",
    ),
    mistakes=OUTPUTS,
)
def test_build_model_computes(built, _, answer):
    """build_model computes class probabilities from 200 numbers."""
    weights_like(built, WEIGHTS)
    close(answer, network())


@check(
    student.build_compact_model(),
    points=1,
    hint=(
        "Where else can an activation stand, if it is no layer of its own?",
        "Dense(128, activation='sigmoid') and so on: three layers.",
    ),
    mistakes={
        "The activations are separate layers: here they belong in Dense(..., activation=...).": lambda m: (
            len(rows(m)) == 6 and units(m) == [128, 256, 5] and not twice(m)
        ),
        **STRUCTURE,
    },
)
def test_build_compact_model(answer):
    """build_compact_model has three Dense layers with their activations inside."""
    same_summary(answer, COMPACT)


compact = student.build_compact_model()


@check(
    compact,
    compact.set_weights(WEIGHTS),
    compact(X),
    points=2,
    hint=(
        "Which activation has each of the three layers in build_model?",
        "The same activations as in build_model.",
    ),
    mistakes=OUTPUTS,
)
def test_build_compact_model_computes(built, _, answer):
    """With the same weights build_compact_model gives the same outputs as the slides' network."""
    weights_like(built, WEIGHTS)
    close(answer, network())


A, B, C = (int(n) for n in rng.choice(np.arange(2, 40), 3, replace=False))
TABLE = [
    ("Dense", A, C * A + A),
    ("BatchNormalization", A, 4 * A),
    ("Activation", A, 0),
    ("Dropout", A, 0),
    ("Dense", B, A * B),
]
other = keras.Sequential(
    [
        keras.Input((C,)),
        keras.layers.Dense(A, name="first"),
        keras.layers.BatchNormalization(),
        keras.layers.Activation("relu"),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(B, use_bias=False),
    ]
)
# Its outputs have three dimensions: (batch, steps, units).
steps = keras.Sequential([keras.Input((B + 1, C)), keras.layers.Dense(A), keras.layers.Flatten()])


@check(
    student.parameter_table(other),
    student.parameter_table(steps),
    points=2,
    hint=(
        "Where does the summary have its columns from?",
        "Go through model.layers: each layer knows its class, its output and its parameters.",
        "For each layer: type(layer).__name__, layer.output.shape[-1], layer.count_params().",
    ),
    mistakes={
        "This is the size of the layer's input: the units are the size of its output.": lambda a: (
            a[0][1] == C
        ),
        "This counts the weight arrays: count their entries, as count_params() does.": lambda a: (
            a[0][2] == 2
        ),
        "The last layer is missing.": lambda a: [tuple(row) for row in a] == TABLE[:-1],
        "The first layer is missing: model.layers does not hold the Input.": lambda a: (
            [tuple(row) for row in a] == TABLE[1:]
        ),
        "The result is None: is a `return` missing?": lambda a: a is None,
        "These are the layers' own names: the class name is type(layer).__name__.": lambda a: (
            a[0][0] == "first"
        ),
        "This is the whole output shape: take its last dimension.": lambda a: isinstance(
            a[0][1], list | tuple
        ),
        "Units and parameters are swapped.": lambda a: (a[0][2], a[0][1]) == TABLE[0][1:],
        "Layers without parameters belong in the table too.": lambda a: len(a) == 3,
        "This is the slides' table: read the values from the given model.": lambda a: (
            a[0][1] == 128
        ),
        "The bias is not counted.": lambda a: a[0][2] == A * C,
        "Weights that are not trained count too: use the layer's count_params().": lambda a: (
            a[1][2] == 2 * A
        ),
        "The units are the last dimension of the output, output.shape[-1].": lambda a: (
            len(a) == 2 and a[0][1] == B + 1
        ),
        "A bias is counted although the layer has none: use the layer's count_params().": lambda a: (
            a[-1][2] == A * B + B
        ),
        "Use the tuple (class name, units, parameters) for each layer.": lambda a: isinstance(
            a, dict
        ),
    },
)
def test_parameter_table(answer, of_steps):
    """parameter_table returns the class name, units and parameters of every layer."""
    is_table(answer, TABLE)
    is_table(of_steps, [TABLE[0], ("Flatten", (B + 1) * A, 0)])


def is_table(answer, wanted):
    """Miss unless the answer has these rows."""
    require(isinstance(answer, list | tuple), "It is not a list.", answer, show(wanted))
    given = [tuple(row) if isinstance(row, list | tuple) else row for row in answer]
    if len(given) != len(wanted):
        raise Miss(
            Text("It has {value} rows, expected {value1}.", value=len(given), value1=len(wanted)),
            answer,
            show(given),
            show(wanted),
        )
    for number, (got, want) in enumerate(zip(given, wanted, strict=True), 1):
        got = tuple(
            one.item() if isinstance(one, np.ndarray) and one.size == 1 else one for one in got
        )
        if got != want:
            raise Miss(
                Text("Row {number} is {got}, expected {want}.", number=number, got=got, want=want),
                answer,
                show(given),
                show(wanted),
            )
