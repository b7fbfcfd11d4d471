"""Checks for 02_fully_connected; the expected values are NumPy's, the curve is a sum of sines drawn anew."""

import itertools

import numpy as np

from course.checks import Text, check, close, inputs, is_model, require, rows, student, weights_like

rng = inputs()
X, K, B = rng.normal(size=(6, 4)), rng.normal(size=(4, 4)), rng.uniform(0.5, 1.5, 4)


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


@check(
    student.dense(X, K, B),
    points=2,
    hint=(
        "What does one unit do with all inputs of a sample? And how do you do it for all units at once?",
        "A matrix product gives all sums: samples in rows, units in columns. Then each unit adds its own bias.",
        "x @ kernel + bias",
    ),
    mistakes={
        "The bias is missing.": X @ K,
        "The kernel is transposed: its rows belong to the inputs, its columns to the units.": X
        @ K.T
        + B,
        "Do not use an activation here: dense returns only the sum.": sigmoid(X @ K + B),
        "Each unit has its own bias: here all biases were added to each unit.": lambda a: (
            np.allclose(a - X @ K, B.sum())
        ),
        "This is relu of the sum: dense has no activation.": np.maximum(X @ K + B, 0),
        "A unit adds up its weighted inputs: this is their mean.": X @ K / 4 + B,
        "The bias is subtracted: it is added.": X @ K - B,
        "The bias is added for every input: add it only once, after the sum.": X @ K + 4 * B,
    },
)
def test_dense(answer):
    """dense returns x @ kernel + bias for every sample."""
    close(answer, X @ K + B)


W1, B1 = rng.normal(size=(4, 5)), rng.normal(size=5)
W2, B2 = rng.normal(size=(5, 3)), rng.normal(size=3)
W3, B3 = rng.normal(size=(3, 2)), rng.normal(size=2)
LAYERS = [(W1, B1, "relu"), (W2, B2, "tanh"), (W3, B3, "sigmoid")]
A1, LINEAR = np.maximum(X @ W1 + B1, 0), ((X @ W1 + B1) @ W2 + B2) @ W3 + B3
A2 = np.tanh(A1 @ W2 + B2)
OUT = sigmoid(A2 @ W3 + B3)
DEEP = X
for _ in range(6):
    DEEP = np.tanh(DEEP @ K + B)


@check(
    student.forward(X, LAYERS),
    student.forward(X, [(9 * K, B, "relu")]),
    student.forward(X, [(K, B, "tanh")] * 6),
    points=2,
    hint=(
        "What does the second layer get as its input?",
        "Keep one variable for what the last layer gave, and let a loop hand it on.",
        "Go through the layers: x becomes the activation of dense(x, kernel, bias).",
    ),
    mistakes={
        "The activations are missing: without them, the layers are just one linear layer.": LINEAR,
        "Each layer has its own activation: do not use sigmoid for all of them.": sigmoid(
            sigmoid(sigmoid(X @ W1 + B1) @ W2 + B2) @ W3 + B3
        ),
        "The last layer's activation is missing.": A2 @ W3 + B3,
        "Only the last layer's activation is applied.": sigmoid(LINEAR),
        "Only the first layer was computed: the return is inside the loop.": A1,
        "The last layer is missing: go through all of them.": A2,
        "The biases are missing.": sigmoid(np.tanh(np.maximum(X @ W1, 0) @ W2) @ W3),
        "The last activation is applied twice.": sigmoid(OUT),
        "Every activation is applied twice.": sigmoid(
            sigmoid(np.tanh(np.tanh(A1 @ W2 + B2)) @ W3 + B3)
        ),
        "relu is not applied: is its name spelled as in the layers?": sigmoid(
            np.tanh((X @ W1 + B1) @ W2 + B2) @ W3 + B3
        ),
        "tanh is not applied: is its name spelled as in the layers?": sigmoid(
            (A1 @ W2 + B2) @ W3 + B3
        ),
        "tanh is used where the layer asks for sigmoid.": np.tanh(A2 @ W3 + B3),
        "sigmoid is used where the layer asks for tanh.": sigmoid(sigmoid(A1 @ W2 + B2) @ W3 + B3),
    },
)
def test_forward(answer, large, six):
    """forward passes x through every layer, each with its own activation."""
    close(answer, OUT)
    close(large, np.maximum(X @ (9 * K) + B, 0))
    close(six, DEEP)


@check(
    student.forward(X, [(K, B, "linear")]),
    student.forward(X, []),
    points=1,
    hint=(
        "What should come out if a layer's activation changes nothing? And if there is no layer at all?",
        '"linear" leaves the sum unchanged; with no layers, return x.',
    ),
    mistakes={
        'The sigmoid is applied here too: "linear" leaves the sum as it is.': sigmoid(X @ K + B),
        'relu is applied here: "linear" leaves the sum as it is.': np.maximum(X @ K + B, 0),
        'tanh is applied here: "linear" leaves the sum as it is.': np.tanh(X @ K + B),
    },
)
def test_forward_of_linear_and_no_layers(linear, nothing):
    """forward accepts "linear", and returns x if there are no layers."""
    close(linear, X @ K + B)
    close(nothing, X)


SIZES = [int(n) for n in rng.integers(2, 40, 4)]
# The same size more than once, and one unit at the end, as many networks have them.
REPEATED = [SIZES[0], *[SIZES[1] + 1] * 3, 1]


def parameters(sizes):
    return sum(n * m + m for n, m in itertools.pairwise(sizes))


@check(
    student.count_parameters(SIZES),
    student.count_parameters([200, 128, 256, 5]),
    student.count_parameters(REPEATED),
    points=1,
    hint=(
        "How many numbers does one unit of a layer learn?",
        "One weight for each input, and one bias. Then count the units of each layer.",
        "Each pair of neighbouring sizes n and m has n * m weights and m biases.",
    ),
    mistakes={
        "The biases are missing.": sum(n * m for n, m in itertools.pairwise(SIZES)),
        "There is one bias per unit, not one per layer.": sum(
            n * m + 1 for n, m in itertools.pairwise(SIZES)
        ),
        "The bias belongs to the layer's units, not to its inputs.": sum(
            n * m + n for n, m in itertools.pairwise(SIZES)
        ),
        "Weights connect neighbouring layers: multiply the two sizes, do not add them.": sum(SIZES),
        "This is the slides' number: count from sizes.": 60037,
        "The last layer is not counted.": parameters(SIZES[:-1]),
        "The first layer is not counted: its weights come from the inputs.": parameters(SIZES[1:]),
    },
)
def test_count_parameters(answer, slides, repeated):
    """count_parameters adds up the weights and biases of all layers."""
    close(answer, parameters(SIZES))
    close(slides, 60037)
    close(repeated, parameters(REPEATED))


def wish_for(sizes):
    return Text(
        "{value} parameters for the sizes {sizes}", value=f"{parameters(sizes):,}", sizes=sizes
    )


net = student.build_network(SIZES)
WEIGHTS = [
    w
    for n, m in itertools.pairwise(SIZES)
    for w in (rng.normal(size=(n, m)) / np.sqrt(n) * 2, rng.normal(size=m))
]
X_NET = rng.normal(size=(5, SIZES[0]))


def through(last=lambda a: a, hidden=sigmoid):
    a = X_NET
    for i in range(0, 6, 2):
        a = (last if i == 4 else hidden)(a @ WEIGHTS[i] + WEIGHTS[i + 1])
    return a


@check(
    net,
    student.build_network(REPEATED),
    points=1,
    hint=(
        "Which of the sizes are layers, and which one is only what comes in?",
        "The first size is the input; each further size is the units of one Dense layer.",
        "keras.Input(shape=(sizes[0],)), then a Dense layer for each further size.",
    ),
    mistakes={
        "The input size was made into a layer: sizes[0] belongs in Input.": lambda m: (
            m.parameters == parameters([SIZES[0], *SIZES])
        ),
        "The last layer is missing.": lambda m: m.parameters == parameters(SIZES[:-1]),
        "The slides' sizes are hard-coded: use sizes.": lambda m: m.parameters == 60037,
        "One hidden layer is missing.": lambda m: (
            m.parameters in (parameters(SIZES[:1] + SIZES[2:]), parameters(SIZES[:2] + SIZES[3:]))
        ),
        "The hidden layers are in the wrong order: follow sizes.": lambda m: (
            m.parameters == parameters([SIZES[0], SIZES[2], SIZES[1], SIZES[3]])
        ),
    },
)
def test_build_network(answer, repeated):
    """build_network returns a built model with a Dense layer for every size except the first."""
    built, wish = is_model(answer), wish_for(SIZES)
    require(
        built.parameters == parameters(SIZES),
        Text("It has {parameters} parameters.", parameters=f"{built.parameters:,}"),
        answer,
        wish,
    )
    require(
        [w.shape for w in built.weights] == [w.shape for w in WEIGHTS],
        "Its weights have the wrong shapes.",
        answer,
        wish,
    )
    built, wish = is_model(repeated), wish_for(REPEATED)
    why = Text(
        "It has {parameters} parameters: layers of the same size are still separate layers.",
        parameters=f"{built.parameters:,}",
    )
    require(built.parameters == parameters(REPEATED), why, repeated, wish)


single = student.build_network(SIZES[:2])
SINGLE = X_NET @ WEIGHTS[0] + WEIGHTS[1]


@check(
    net,
    net.set_weights(WEIGHTS),
    net(X_NET),
    single.set_weights(WEIGHTS[:2]),
    single(X_NET),
    points=1,
    hint=(
        "Which layers have the sigmoid, and which one should give any number?",
        'activation="sigmoid" on all layers but the last.',
    ),
    mistakes={
        "The last layer should have no activation: leave it linear.": through(sigmoid),
        "The last layer should have no activation: do not use softmax here.": lambda a: np.allclose(
            np.sum(a, axis=-1), 1
        ),
        "The hidden activations are missing.": through(hidden=lambda a: a),
        "If a network has only one layer, that layer is the last: it should have no activation.": sigmoid(
            SINGLE
        ),
        "The hidden activation is relu: use sigmoid here.": through(
            hidden=lambda a: np.maximum(a, 0)
        ),
        "The hidden activation is tanh: use sigmoid here.": through(hidden=np.tanh),
        "The hidden activation is applied twice: use it in Dense or as a layer, not both.": through(
            hidden=lambda a: sigmoid(sigmoid(a))
        ),
    },
)
def test_build_network_computes(built, _, answer, __, one_layer):
    """build_network's model uses sigmoid in its hidden layers and no activation in the last one."""
    weights_like(built, WEIGHTS)
    close(answer, through())
    close(one_layer, SINGLE)


# Higher than 1, so that a model which was fitted to a curve scaled to 1 is seen.
A, F, P = rng.uniform(1.2, 1.5), rng.uniform(1.0, 2.0), rng.uniform(0, 6)
TRAIN_X = np.sort(rng.uniform(-3, 3, (160, 1)), axis=0)
TEST_X = np.linspace(-2.9, 2.9, 101)[:, None]


def curve(x):
    return A * np.sin(F * x + P)


# Activations that keep a curve of any height from being drawn.
BOUNDED = ("sigmoid", "tanh", "relu", "softplus", "softsign", "exponential")


# What adds no bend; any other layer or operation without an activation of its own does, such as PReLU or keras.ops.tanh.
STRAIGHT = {
    "InputLayer", "Dropout", "Flatten", "Reshape", "Identity", "Concatenate", "Add", "Subtract", "Multiply",
    "Normalization", "BatchNormalization", "Rescaling", "ExpandDims", "Squeeze", "GetItem",
}  # fmt: skip


def hidden_layers(model):
    """How many Dense layers that something bends follow each other before the output."""
    dense, bends = [], []
    for layer in model.layers:
        before = [max((done[i] for i in layer.inputs), default=0) for done in (dense, bends)]
        straight = "activation" in layer.config or layer.class_name in STRAIGHT
        bend = not straight or layer.config.get("activation", "linear") != "linear"
        dense.append(before[0] + (layer.class_name == "Dense"))
        bends.append(before[1] + bend)
    depth = max((dense[end] for end in model.outputs), default=0)
    return min(depth - 1, max((bends[end] for end in model.outputs), default=0))


fitted = student.fit_curve(TRAIN_X, curve(TRAIN_X), 7)


@check(
    fitted,
    fitted(TEST_X),
    points=2,
    seconds=45,
    hint=(
        "Is the model able to bend, and does it train long enough? Draw its predictions beside the curve, as lesson 02 does.",
        "More hidden units let it bend more often; a learning rate that shrinks lets it settle.",
        "64 tanh units with large initial weights (RandomNormal(stddev=1.5)), Adam at 0.02 with CosineDecay, small batches; a linear output.",
    ),
    mistakes={
        "The model is a straight line: the hidden layer needs an activation.": lambda a: (
            np.ptp(np.diff(np.ravel(a))) < 5e-6 and np.ptp(a) > 1e-3
        ),
        "The output has an activation that cannot go below 0: leave the last layer linear.": lambda a: (
            np.min(a) >= 0 and np.ptp(a) > 0.1
        ),
        "The output has an activation that stays within -1 and 1: leave the last layer linear.": lambda a: (
            np.max(np.abs(a)) <= 1 and np.mean((a - np.clip(curve(TEST_X), -1, 1)) ** 2) < 0.02
        ),
        "The predictions are not numbers: the learning rate is too large.": lambda a: (
            not np.isfinite(a).all()
        ),
    },
)
def test_fit_curve(model, answer):
    """fit_curve's model has a mean squared error of at most 0.01 on points of the curve that it has not seen."""
    require(
        hidden_layers(is_model(model)) <= 1,
        "It has more than one hidden layer: one is enough, with more units.",
        model,
    )
    predicted = np.asarray(answer, dtype=float)
    require(
        predicted.size == len(TEST_X),
        Text("It predicts shape {shape}, expected (101, 1).", shape=predicted.shape),
        answer,
    )
    last = str(rows(model)[-1].activation)
    loss = model.compiled.loss.name if model.compiled and model.compiled.loss else ""
    error = float(np.mean((predicted.reshape(-1, 1) - curve(TEST_X)) ** 2))
    bad = error > 0.01
    require(
        not (bad and last == "softmax"),
        "Softmax over one unit is always 1: leave the last layer linear.",
        model,
    )
    require(
        not (bad and last in BOUNDED),
        Text("The last layer has the activation {last}: leave it linear.", last=last),
        model,
    )
    require(
        not (bad and "crossentropy" in loss.lower()),
        "The loss is a cross-entropy, which is for classes: for a curve use mean_squared_error.",
        model,
    )
    why = Text(
        "The mean squared error on unseen points is {error}: train longer, with more units or a larger learning rate.",
        error=f"{error:.4f}",
    )
    require(error <= 0.01, why, answer, "at most 0.01")
    require(
        hidden_layers(model) == 1,
        "It has no hidden layer: put Dense units with an activation between input and output.",
        model,
    )
