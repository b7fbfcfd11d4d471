"""Checks for 01_forward_pass; the expected values are NumPy's, from the slides' formula."""

import numpy as np

from course.checks import (
    Text,
    check,
    close,
    either,
    inputs,
    is_model,
    keras,
    require,
    student,
    table,
    weights_like,
)

rng = inputs()
X, W, B = rng.normal(size=(7, 4)), rng.normal(size=4), float(rng.uniform(0.5, 1.5))
SUM = X @ W + B
# Sums at which the sigmoid is nearly 0 and nearly 1.
FAR = np.array([[-9.0, 0.0], [9.0, 0.0], [0.0, -12.0]])


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


@check(
    student.weighted_sum(X, W, B),
    student.weighted_sum(X[:1], W, B),
    student.weighted_sum(X[:4], W, B),
    points=2,
    hint=(
        "What does each input do with its weight, and what becomes of the products?",
        "Multiply entry by entry, add up each row, and add the bias once.",
        "x @ w multiplies and adds in one go; then add b.",
    ),
    mistakes={
        "The bias b is missing.": X @ W,
        "The bias is subtracted: the slide adds it.": X @ W - B,
        "This adds up the whole batch: each row of x has its own sum.": lambda a: (
            np.size(a) == 1 and not np.isclose(a, SUM[0])
        ),
        "This is multiplied but not added up: return one number per row.": X * W + B,
        "The bias is added for every input: add it only once, after the sum.": X @ W + 4 * B,
        "The bias is added to the weights: add it to the sum.": X @ (W + B),
        "Do not use the activation here: neuron applies it.": lambda a: any(
            np.allclose(a, wrong) for wrong in (sigmoid(SUM), np.tanh(SUM), np.maximum(SUM, 0))
        ),
        "This is the mean of the products: add them up.": np.mean(X * W, axis=1) + B,
        "This adds up over the samples: add up over the inputs, axis=1.": (X * W).sum(axis=0) + B,
    },
)
def test_weighted_sum(answer, one, square):
    """weighted_sum returns Σ x_i w_i + b for every row."""
    close(answer, SUM)
    close(one, SUM[:1])
    close(square, SUM[:4])


@check(
    student.neuron(X, W, B),
    student.neuron(FAR, np.ones(2), B),
    points=2,
    hint=(
        "What happens to the sum before it leaves the neuron?",
        "First the weighted sum, as in weighted_sum; then the sigmoid of it.",
        "1 / (1 + np.exp(-a)) of the weighted sum a.",
    ),
    mistakes={
        "The activation is missing: this is only the sum.": SUM,
        "The activation is applied twice.": sigmoid(sigmoid(SUM)),
        "The sign in the exponent is wrong: it is e to the minus a.": sigmoid(-SUM),
        "The bias b is missing.": sigmoid(X @ W),
        "The bias and the activation are missing: this is only x @ w.": X @ W,
        "This is tanh: the slide's activation is the sigmoid.": np.tanh(SUM),
        "This is relu: the slide's activation is the sigmoid.": np.maximum(SUM, 0),
        "The bias belongs inside the activation: add it before the sigmoid.": sigmoid(X @ W) + B,
        "The brackets are missing: 1 / (1 + e^-a), not 1 / 1 + e^-a.": 1 + np.exp(-SUM),
        "This is a step from 0 to 1: the sigmoid goes from one to the other smoothly.": (SUM > 0)
        * 1.0,
    },
)
def test_neuron(answer, far):
    """neuron applies the sigmoid to the sum."""
    close(answer, sigmoid(SUM))
    close(far, sigmoid(FAR.sum(axis=1) + B))


N = int(rng.integers(3, 9))
X_N, W_N = rng.normal(size=(5, N)), rng.normal(size=(N, 1))
model = student.build_neuron(N)


@check(
    model,
    student.build_neuron(1),
    points=1,
    hint=(
        "How many layers has a single neuron, and how many units has that layer?",
        "The number of inputs stands in keras.Input; the neuron is a Dense layer with one unit and the sigmoid.",
        "keras.Sequential([keras.Input(shape=(n_inputs,)), keras.layers.Dense(1, activation='sigmoid')])",
    ),
    mistakes={
        "One neuron is Dense(1): the number of inputs belongs in Input.": lambda m: (
            m.parameters == N * N + N
        ),
        "The bias is switched off: leave use_bias alone.": lambda m: m.parameters == N,
        "The input size is hard-coded: use n_inputs.": lambda m: (
            m.built and m.parameters > 1 and m.parameters != 2 * N
        ),
    },
)
def test_build_neuron(answer, of_one_input):
    """build_neuron returns a built Keras model with n_inputs + 1 parameters."""
    built = is_model(answer)
    require(
        built.parameters == N + 1,
        Text(
            "It has {parameters} parameters, expected {value}: one weight per input and one bias.",
            parameters=built.parameters,
            value=N + 1,
        ),
        answer,
        Text("{value} parameters", value=N + 1),
    )
    require(
        [w.shape for w in built.weights] == [(N, 1), (1,)],
        "Its weights are not those of one Dense unit.",
        answer,
        table(built),
    )
    small = is_model(of_one_input).parameters
    require(
        small == 2,
        Text(
            "With one input it has {small} parameters, expected 2: a weight and a bias.",
            small=small,
        ),
        of_one_input,
        "2 parameters",
    )


@check(
    model,
    model.set_weights([W_N, np.array([B])]),
    model(X_N),
    points=1,
    hint=(
        "What happens between the weighted sum and the output?",
        "Dense(1, activation='sigmoid') is all it needs.",
    ),
    mistakes={
        "The activation is missing: Dense has none unless you give one.": X_N @ W_N + B,
        "The activation is applied twice: use it in Dense or as a layer, not both.": sigmoid(
            sigmoid(X_N @ W_N + B)
        ),
        "Softmax over one unit is always 1: use sigmoid.": np.ones((5, 1)),
        "The activation is tanh: the slide's is the sigmoid.": np.tanh(X_N @ W_N + B),
        "The activation is relu: the slide's is the sigmoid.": np.maximum(X_N @ W_N + B, 0),
    },
)
def test_build_neuron_computes(built, _, answer):
    """build_neuron's model computes the sigmoid of the weighted sum."""
    weights_like(built, (W_N, np.array([B])))
    predicted(answer, sigmoid(X_N @ W_N + B))


def predicted(answer, expected):
    """A model's predictions, whether it gives them as (batch, 1) or as (batch,)."""
    close(answer[:, None] if np.ndim(answer) == 1 else answer, expected)


def reference():
    """A right model of the checks' own, so that set_neuron is judged apart from build_neuron."""
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])


def filled_neuron():
    """A neuron that was filled: the checks' own, or, for a file that knows only its own, the file's."""
    own = student.set_neuron(student.build_neuron(4), W, B)
    return either(student.set_neuron(reference(), W, B), own)


# Two, since a model that was filled again is not what the check of its predictions asks about.
filled, once = filled_neuron(), filled_neuron()
W_AGAIN = rng.normal(size=4)


@check(
    once,
    student.set_neuron(once, W_AGAIN, 0.0),
    points=1,
    hint=(
        "In which shapes does Keras keep the weights of one unit? model.get_weights() shows them.",
        "The kernel is a column of shape (n, 1), the bias has one entry: bring w and b into these shapes.",
        "model.set_weights([np.reshape(w, (-1, 1)), np.array([b])]), then return model.",
    ),
    mistakes={
        "The model is not returned: end with `return model`.": lambda m: m is None,
        "The weights are in reverse order.": lambda m: np.allclose(m.weights[0][::-1, 0], W),
        "The bias is not set: it still has its old value.": lambda m: (
            np.allclose(m.weights[0][:, 0], W) and m.weights[1][0] == 0
        ),
        "No weights were set: they are still random.": lambda m: m.weights[1][0] == 0,
    },
)
def test_set_neuron(answer, again):
    """set_neuron puts w and b into the model and returns it."""
    wrong = not_held(answer, W, B)
    require(not wrong, Text("The {wrong} does not match the given value.", wrong=wrong), answer)
    wrong = not_held(again, W_AGAIN, 0.0)
    require(
        not wrong,
        Text(
            "After setting the weights again, with a bias of 0, the {wrong} does not match the given value.",
            wrong=wrong,
        ),
        again,
    )


def not_held(answer, w, b):
    """Which of the model's two weights is not this, or None."""
    built = is_model(answer)
    require(
        len(built.weights) == 2, "The model no longer has the same weight arrays as before.", answer
    )
    pairs = zip(built.weights, (w, [b]), ("kernel", "bias"), strict=True)
    return next(
        (
            name
            for weight, wanted, name in pairs
            if not np.allclose(weight.ravel(), wanted, rtol=1e-4, atol=1e-6)
        ),
        None,
    )


@check(
    filled,
    filled(X),
    points=1,
    hint=(
        "What does the model predict before and after set_neuron? Print both.",
        "Look at model.get_weights(): a kernel of shape (n, 1) and a bias of shape (1,).",
    ),
)
def test_set_neuron_predicts(built, answer):
    """After set_neuron, the model predicts the same as neuron."""
    is_model(built)
    predicted(answer, sigmoid(SUM)[:, None])
