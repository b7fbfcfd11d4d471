"""Checks for 03_activations; the expected values are NumPy's, from the slides' formulas."""

import numpy as np

from course.checks import (
    KerasObject,
    Miss,
    Text,
    check,
    close,
    inputs,
    is_model,
    require,
    student,
    table,
)

rng = inputs()
X = np.concatenate([rng.uniform(0.3, 3, (4, 3)), -rng.uniform(0.3, 3, (4, 3))])
BIG = np.array([-1000.0, -50.0, 0.0, 50.0, 1000.0])
# Three axes, and inputs up to 1000: each function is asked in more than one shape.
CUBE = np.concatenate([rng.uniform(-2, 2, (2, 3, 4)), [[[-1000.0, -20, 20, 1000]] * 3]])
SIGMOID = 1 / (1 + np.exp(-X))
OVERFLOW = (
    "e^1000 is too large to represent: rewrite it so that e is only raised to negative powers."
)


@check(
    student.sigmoid(X),
    points=1,
    hint=(
        "Where must the output go for very large and for very small x?",
        "1 divided by 1 plus e to the minus x, entry by entry.",
        "1 / (1 + np.exp(-x))",
    ),
    mistakes={
        "The sign in the exponent is wrong: it is e to the minus x.": 1 / (1 + np.exp(X)),
        "This is tanh.": np.tanh(X),
        "This is the sigmoid's gradient.": SIGMOID * (1 - SIGMOID),
        "The 1 + in the denominator is missing.": np.exp(X),
        "The sign below the line is wrong: 1 + e^-x, not 1 - e^-x.": 1 / (1 - np.exp(-X)),
        "This is not divided: the sigmoid is 1 divided by 1 + e^-x.": 1 - np.exp(-X),
        "The brackets are missing: 1 / (1 + e^-x).": 1 / 1 + np.exp(-X),
    },
)
def test_sigmoid(answer):
    """sigmoid is 1 / (1 + e^-x)."""
    close(answer, SIGMOID)


@check(
    student.tanh(X),
    points=1,
    hint=(
        "How does tanh differ from the sigmoid? Look at both curves in lesson 03.",
        "np.tanh does it, and so does 2 * sigmoid(2 x) - 1.",
    ),
    mistakes={
        "This is the sigmoid: tanh runs from -1 to 1.": SIGMOID,
        "The 2 inside is missing: tanh(x) = 2 sigmoid(2x) - 1.": 2 * SIGMOID - 1,
        "This is sigmoid(2x), from 0 to 1: tanh is twice that, less 1.": 1 / (1 + np.exp(-2 * X)),
        "This is tan (the tangent), not tanh.": np.tan(X),
        "The fraction is upside down: e^x - e^-x is above the line.": 1 / np.tanh(X),
    },
)
def test_tanh(answer):
    """tanh is (e^x - e^-x) / (e^x + e^-x)."""
    close(answer, np.tanh(X))


@check(
    student.sigmoid(BIG),
    student.tanh(BIG),
    student.sigmoid(CUBE),
    student.tanh(CUBE),
    points=1,
    hint=(
        "What is e to the 1000 on a computer, and what is it divided by itself?",
        "Write it so that the exponent is never large and positive.",
        "np.tanh is safe; sigmoid(x) = (1 + tanh(x / 2)) / 2.",
    ),
    mistakes={
        "At 0 this divides by 0: is a fraction upside down?": lambda a: (
            np.ndim(a) == 1 and not np.isfinite(a[2])
        ),
        OVERFLOW: lambda a: not np.isfinite(np.asarray(a, dtype=float)).all(),
    },
)
def test_large_inputs(sigmoid, tanh, sigmoid_cube, tanh_cube):
    """sigmoid and tanh stay finite for large inputs."""
    close(sigmoid, [0, 0, 0.5, 1, 1], what="sigmoid")
    close(tanh, [-1, -1, 0, 1, 1], what="tanh")
    close(sigmoid_cube, (1 + np.tanh(CUBE / 2)) / 2, what="sigmoid")
    close(tanh_cube, np.tanh(CUBE), what="tanh")


@check(
    student.relu(X),
    student.relu(BIG),
    student.relu(CUBE),
    points=1,
    hint=(
        "What happens to negative inputs, and what to positive ones?",
        "Compare each entry with 0, and keep the larger of the two.",
        "np.maximum(0, x): np.max takes the largest of all entries.",
    ),
    mistakes={
        "This is the absolute value.": np.abs(X),
        "This is min(0, x).": np.minimum(0, X),
        "This is the gradient of relu.": (X > 0) * 1.0,
        "np.max takes the largest of all entries: np.maximum compares one by one.": lambda a: (
            np.size(a) in (1, 3) and np.allclose(a, X.max() if np.size(a) == 1 else X.max(0))
        ),
        "Large inputs are cut off: relu has no upper limit.": lambda a: (
            np.shape(a) == np.shape(BIG) and np.max(a) < 1000
        ),
    },
)
def test_relu(answer, large, cube):
    """relu is max(0, x), entry by entry."""
    close(answer, np.maximum(0, X))
    close(large, [0, 0, 0, 50, 1000])
    close(cube, np.maximum(0, CUBE))


@check(
    student.leaky_relu(X),
    student.leaky_relu(X, 0.25),
    student.leaky_relu(CUBE),
    points=1,
    hint=(
        "Which inputs are changed, and by which factor?",
        "np.where(condition, one, other) chooses entry by entry.",
        "np.where(x > 0, x, slope * x)",
    ),
    mistakes={
        "The slope is 0.3, Keras's LeakyReLU default: the slide's is 0.1.": np.where(
            X > 0, X, 0.3 * X
        ),
        "The slope is 0.2, the default of keras.activations.leaky_relu: the slide's is 0.1.": np.where(
            X > 0, X, 0.2 * X
        ),
        "The slope is 0.01: the slide's is 0.1.": np.where(X > 0, X, 0.01 * X),
        "This is relu: keep a small slope for negative inputs.": np.maximum(0, X),
        "The slope belongs on the negative side.": np.where(X > 0, 0.1 * X, X),
        "Negative inputs become slope * x, not the slope itself.": np.where(X > 0, X, 0.1),
        "The argument slope is not used.": lambda a: np.allclose(a, np.where(X > 0, X, 0.1 * X)),
    },
)
def test_leaky_relu(default, quarter, cube):
    """leaky_relu is max(slope * x, x), with a default slope of 0.1."""
    close(default, np.where(X > 0, X, 0.1 * X))
    close(quarter, np.where(X > 0, X, 0.25 * X))
    close(cube, np.where(CUBE > 0, CUBE, 0.1 * CUBE))


ELU = np.where(X > 0, X, np.expm1(np.minimum(X, 0)))


@check(
    student.elu(X),
    student.elu(X, 2.0),
    student.elu(BIG),
    student.elu(CUBE),
    points=1,
    hint=(
        "Where does ELU end for very negative inputs? Look at the curve in lesson 03.",
        "Positive inputs stay; negative ones become alpha times (e to the x, minus 1).",
        "np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))",
    ),
    mistakes={
        "The minus 1 is missing: alpha * (e^x - 1).": np.where(X > 0, X, np.exp(np.minimum(X, 0))),
        "This uses e^x - 1 for all inputs: positive inputs stay unchanged.": np.expm1(X),
        "The sign is wrong: negative inputs become alpha * (e^x - 1), which is below 0.": np.abs(
            ELU
        ),
        "The sign in the exponent is wrong: it is e to the x.": np.where(X > 0, X, np.expm1(-X)),
        "This is a straight line: negative inputs become alpha * (e^x - 1).": X,
        "This is relu: negative inputs become alpha * (e^x - 1).": np.maximum(X, 0),
        "The argument alpha is not used.": lambda a: np.allclose(a, ELU),
        OVERFLOW: lambda a: not np.isfinite(np.asarray(a, dtype=float)).all(),
        "The brackets are missing: alpha * (e^x - 1), not alpha * e^x - 1.": np.where(
            X > 0, X, 2 * np.exp(np.minimum(X, 0)) - 1
        ),
    },
)
def test_elu(default, double, large, cube):
    """elu is x where x > 0, and alpha * (e^x - 1) elsewhere."""
    close(default, ELU)
    close(double, np.where(X > 0, X, 2 * ELU))
    close(large, [-1, -1, 0, 50, 1000])
    close(cube, np.where(CUBE > 0, CUBE, np.expm1(np.minimum(CUBE, 0))))


XM = rng.normal(size=(6, 3))
V1, C1, V2 = rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=(3, 3))
# Each branch has the larger bias somewhere, so that no mistake in them is another one.
C2 = C1 + rng.uniform(0.3, 1.5, 3) * [1, -1, 1]
ONE, TWO = XM @ V1 + C1, XM @ V2 + C2


@check(
    student.maxout(XM, V1, C1, V2, C2),
    points=1,
    hint=(
        "How many weighted sums does Maxout compare?",
        "Compute both sums for all rows, and take the larger one, entry by entry.",
        "Use np.maximum on two sums, each x @ w + b.",
    ),
    mistakes={
        "The biases are missing.": np.maximum(XM @ V1, XM @ V2),
        "This is the minimum.": np.minimum(ONE, TWO),
        "This adds the branches: take the larger one.": ONE + TWO,
        "The branches stand side by side: take the larger one, entry by entry.": lambda a: (
            np.size(a) == 2 * ONE.size
        ),
        "Weights and biases are compared apart: compare the two sums.": np.maximum(XM @ V1, XM @ V2)
        + np.maximum(C1, C2),
        "This is the largest entry of each row: compare the branches entry by entry.": np.maximum(
            ONE, TWO
        ).max(axis=-1),
        "The weights are transposed.": np.maximum(XM @ V1.T + C1, XM @ V2.T + C2),
        "This is one branch only.": ONE,
        "The second branch has its own bias b2: here b1 is used twice.": np.maximum(
            ONE, XM @ V2 + C1
        ),
        "The second branch has its own weights w2: here w1 is used twice.": np.maximum(
            ONE, XM @ V1 + C2
        ),
    },
)
def test_maxout(answer):
    """maxout is the larger of two weighted sums, entry by entry."""
    close(answer, np.maximum(ONE, TWO))


Z = rng.normal(size=(4, 4)) * 2
E = np.exp(Z)
SOFTMAX = E / E.sum(-1, keepdims=True)
shifted = np.exp(Z - Z.max(-1, keepdims=True))


@check(
    student.softmax(Z),
    student.softmax(np.array([0.6, 2.6, 2.2, 0.1])),
    points=1,
    hint=(
        "What makes every entry positive, and what makes them add up to 1?",
        "First the exponential of each entry; then divide each by the sum of its own row.",
        "np.exp(z) / np.sum(np.exp(z), axis=-1, keepdims=True)",
    ),
    mistakes={
        "Softmax runs over the wrong axis: each row sums to 1, so axis=-1.": E
        / E.sum(0, keepdims=True),
        "This divides by the sum over everything: each row sums to 1.": lambda a: (
            (
                abs(a.sum() - 1) < 1e-3
                and np.allclose(a / a.sum(-1, keepdims=True), SOFTMAX, rtol=1e-3)
            )
            or np.allclose(a, shifted / shifted.sum(), rtol=1e-3)
        ),
        "The division by the sum is missing: this is e^z.": E,
        "This is the sigmoid of each entry: rows do not sum to 1.": 1 / (1 + np.exp(-Z)),
        "The exponential is missing.": Z / Z.sum(-1, keepdims=True),
        "Softmax is applied twice.": np.exp(SOFTMAX) / np.exp(SOFTMAX).sum(-1, keepdims=True),
        "This is the logarithm of softmax.": np.log(SOFTMAX),
        "This is one-hot: softmax gives every class a share.": lambda a: np.array_equal(
            a, np.eye(4)[Z.argmax(1)]
        ),
        "The division by the row's sum is missing.": np.exp(Z - Z.max(-1, keepdims=True)),
    },
)
def test_softmax(answer, slide):
    """softmax is e^z divided by its sum over the last axis."""
    close(answer, SOFTMAX)
    close(slide, [0.0717, 0.5297, 0.3551, 0.0435], rtol=2e-3)


@check(
    student.softmax(
        np.array([[1000.0, 0.0, -1000.0], [-1000.0, -1000.0, -1000.0], [600.0, 1000.0, 600.0]])
    ),
    points=1,
    hint=(
        "What can be taken from all entries of a row without changing their shares?",
        "Subtract the row's largest entry first: it changes nothing and keeps e^z small.",
    ),
    mistakes={
        "The exponential is missing.": lambda a: (
            np.isfinite(a[2]).all() and not np.isfinite(a[0]).all()
        ),
        "e^1000 is too large to represent: subtract the row's largest entry first.": lambda a: (
            not np.isfinite(np.asarray(a, dtype=float)).all()
        ),
        "Softmax runs over the wrong axis: each row sums to 1, so axis=-1.": lambda a: np.allclose(
            np.sum(a, axis=0), 1
        ),
    },
)
def test_softmax_of_large_inputs(answer):
    """softmax stays finite for large inputs."""
    close(answer, [[1, 0, 0], [1 / 3, 1 / 3, 1 / 3], [0, 1, 0]])


N, M = int(rng.integers(3, 8)), int(rng.integers(2, 6))
model = student.build_maxout(N, M)
XN = rng.normal(size=(9, N))


@check(
    model,
    model(XN),
    points=1.5,
    hint=(
        "How many weighted sums does one maxout unit compute, and what does it do with them?",
        "Two Dense layers take the same input; a layer takes the larger of their outputs, entry by entry. Sequential has only one way through: use keras.Model.",
        "x = keras.Input((n_inputs,)); keras.layers.Maximum()([Dense(units)(x), Dense(units)(x)]); keras.Model(x, ...)",
    ),
    mistakes={
        "There is one Dense branch only: maxout takes the larger of two.": lambda a: (
            np.size(getattr(a, "weights", a)) == 2
        )
    },
)
def test_build_maxout(answer, outputs):
    """build_maxout's model computes the larger of two Dense branches."""
    built = is_model(answer)
    wish = Text(
        "two Dense branches of {M} units on {N} inputs: {value} parameters",
        M=M,
        N=N,
        value=2 * (N * M + M),
    )
    shapes = sorted(w.shape for w in built.weights)
    if len(shapes) == 2:
        raise Miss(
            "There is one Dense branch only: maxout takes the larger of two.",
            answer,
            table(built),
            wish,
        )
    require(
        N == M or shapes != sorted([(M,), (M,), (N, M), (M, M)]),
        "The second branch takes the first one's output: both take the input.",
        answer,
        wish,
    )
    require(
        shapes == sorted([(M,), (M,), (N, M), (N, M)]),
        "Its weights are not those of two Dense branches.",
        answer,
        wish,
    )
    kernels = [w for w in built.weights if w.ndim == 2]
    biases = [w for w in built.weights if w.ndim == 1]
    one, two = (XN @ kernel + bias for kernel, bias in zip(kernels, biases, strict=True))
    try:
        close(outputs, np.maximum(one, two))
    except Miss as miss:
        known = {
            Text("The branches are added: take their maximum."): one + two,
            Text("The branches are averaged: take their maximum."): (one + two) / 2,
            Text("This is the minimum of the branches."): np.minimum(one, two),
            Text("The branches have an activation: maxout is the only one."): np.maximum(
                np.maximum(one, two), 0
            ),
            Text("The branches are concatenated: take their maximum."): np.concatenate(
                [one, two], axis=-1
            ),
        }
        for sentence, wrong in known.items():
            if np.shape(outputs) == wrong.shape and np.allclose(
                outputs, wrong, rtol=1e-3, atol=1e-4
            ):
                raise Miss(sentence, outputs, miss.came, miss.expected) from None
        raise


UNFIT = {
    "two classes": {
        "softmax": Text(
            "Softmax over one unit is always 1: for two classes with one unit, use sigmoid."
        )
    },
    "many classes": {
        "sigmoid": Text("Sigmoid outputs do not sum to 1: for many classes, use softmax.")
    },
    "regression": {
        "sigmoid": Text("Sigmoid stays between 0 and 1: regression needs no activation (linear)."),
        "softmax": Text(
            "Softmax gives shares that sum to 1: regression needs no activation (linear)."
        ),
        "relu": Text(
            "Relu cannot output negative numbers: regression needs no activation (linear)."
        ),
        "tanh": Text("Tanh stays between -1 and 1: regression needs no activation (linear)."),
    },
}


def activation_is(answer, names, kind):
    given = answer if isinstance(answer, str | None) else getattr(answer, "name", answer)
    if given == "Activation" and isinstance(answer, KerasObject):
        # keras.layers.Activation("sigmoid"): the function is inside.
        given = answer.config.get("activation")
    given = given.lower() if isinstance(given, str) else given
    plain = Text(
        "For {kind} the output activation is {value}, not {given}.",
        kind=kind,
        value=names[0],
        given=given,
    )
    why = UNFIT[kind].get(str(given), plain)
    require(given in names, why, answer, names[0])


@check(
    student.output_activation("two classes"),
    student.output_activation("many classes"),
    student.output_activation("regression"),
    points=1.5,
    hint=(
        "Which numbers may come out in each task: any, one between 0 and 1, or several that sum to 1?",
        "Use sigmoid for one probability, softmax for shares that sum to 1, and no activation for any number.",
    ),
)
def test_output_activation(two, many, regression):
    """output_activation fits the task."""
    activation_is(two, ["sigmoid"], "two classes")
    activation_is(many, ["softmax"], "many classes")
    activation_is(regression, ["linear", None], "regression")
