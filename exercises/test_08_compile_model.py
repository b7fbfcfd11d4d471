"""Checks for 08_compile_model; losses are worked out in NumPy from the model's own predictions."""

import numpy as np

from course.checks import (
    Miss,
    Text,
    check,
    clean,
    close,
    compiled_as,
    explain,
    inputs,
    is_model,
    keras,
    require,
    snake,
    snapshot,
    student,
)

rng = inputs()
X = rng.normal(size=(20, 4))


def classifier(units=3, activation="softmax"):
    """A fresh network of the checks' own."""
    dense = keras.layers.Dense
    return keras.Sequential(
        [keras.Input((4,)), dense(6, activation="tanh"), dense(units, activation=activation)]
    )


def loss_name(model):
    return snake(model.compiled.loss.name) if model.compiled and model.compiled.loss else None


def rate(model):
    return model.compiled.optimizer.config.get("learning_rate")


NOT_RETURNED = "The model is not returned: end with `return model`."
# Weights of the checks' own, so that one step of training can be followed in NumPy.
W0 = [0.5 * rng.normal(size=shape) for shape in ((4, 6), (6,), (6, 3), (3,))]
ONE_HOT = np.eye(3)[rng.integers(0, 3, 20)]
given = classifier()
given_weights = given.set_weights(W0)


def outputs_of(x):
    """What the network with the weights W0 predicts."""
    powers = np.exp(np.tanh(x @ W0[0] + W0[1]) @ W0[2] + W0[3])
    return powers / powers.sum(axis=1, keepdims=True)


def entropy(x, y):
    return -np.mean(np.log(np.sum(y * outputs_of(x), axis=1)))


def spelled(answer):
    """Miss where Keras has no loss of the name that `compile` was told."""
    loss = answer.compiled.loss
    if loss is not None and loss.config.get("unknown"):
        unknown = Text("Keras has no loss called {name}.", name=loss.name)
        raise Miss(explain(f"Could not interpret loss identifier: {loss.name}") or unknown, answer)


compiled = student.compile_classifier(given)


@check(
    given_weights,
    compiled,
    compiled.evaluate(X, ONE_HOT, verbose=0),
    points=2,
    hint=(
        "Which three things does compile want to know?",
        "The labels are one-hot, the optimizer is plain SGD, and a metric counts the right answers.",
        'model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.SGD(learning_rate=0.01), metrics=["accuracy"])',
    ),
    mistakes={
        NOT_RETURNED: lambda m: m is None,
        "The model is not compiled: call model.compile(...).": lambda m: m.compiled is None,
        "This loss needs whole-number labels: the slides' labels are one-hot.": lambda m: (
            loss_name(m) == "sparse_categorical_crossentropy"
        ),
        "Binary cross-entropy is for two classes.": lambda m: loss_name(m) == "binary_crossentropy",
        "The mean squared error is for regression.": lambda m: loss_name(m) == "mean_squared_error",
        "The model already ends in softmax: leave out from_logits.": lambda m: (
            m.compiled.loss.config.get("from_logits")
        ),
    },
)
def test_loss_of_the_classifier(_, answer, measured):
    """compile_classifier chooses categorical cross-entropy."""
    require(
        is_model(answer).compiled is not None,
        "The model is not compiled: call model.compile(...).",
        answer,
    )
    spelled(answer)
    compiled_as(answer, loss="categorical_crossentropy")
    require(
        not answer.compiled.loss.config.get("label_smoothing"),
        "The slides' loss has no label smoothing.",
        answer,
    )
    same = [w.shape for w in W0] == [w.shape for w in answer.weights] and all(
        np.allclose(w, own, atol=1e-6) for w, own in zip(W0, answer.weights, strict=True)
    )
    require(
        same,
        "This is a different model, with different weights: compile the given model, and return it.",
        answer,
    )
    close(np.ravel(measured)[0], entropy(X, ONE_HOT), rtol=1e-3)


stepped = student.compile_classifier(classifier())
SLOPE = rng.normal(size=3)
variable = clean.Variable(W0[3])


@check(
    stepped,
    stepped.optimizer.apply([SLOPE], [variable]),
    clean.ops.convert_to_numpy(variable),
    points=1,
    hint=(
        "Which optimizer and which rate are on the slide?",
        "keras.optimizers.SGD(learning_rate=0.01); its default is 0.01 too.",
    ),
    mistakes={
        "The learning rate is 0.1: the slides' is 0.01.": lambda m: (
            m.compiled.optimizer.name == "SGD"
            and isinstance(rate(m), float)
            and abs(rate(m) - 0.1) < 1e-6
        ),
        "The default optimizer is RMSprop: specify SGD.": lambda m: (
            m.compiled.optimizer.name == "RMSprop"
        ),
        "The slides compile with SGD, not with Adam.": lambda m: (
            m.compiled.optimizer.name == "Adam"
        ),
        "The slides' SGD has no momentum.": lambda m: (
            m.compiled.optimizer.config.get("momentum", 0) > 0
        ),
    },
)
def test_optimizer_of_the_classifier(answer, _, moved):
    """compile_classifier chooses SGD at 0.01."""
    compiled_as(answer, optimizer="SGD", learning_rate=0.01)
    require(
        answer.compiled.optimizer.config.get("momentum", 0) == 0,
        "The slides' SGD has no momentum.",
        answer,
    )
    require(
        not answer.compiled.optimizer.config.get("weight_decay"),
        "The slides' SGD has no weight decay.",
        answer,
    )
    why = Text("An update moves the weights differently than SGD at 0.01 does.")
    require(np.allclose(moved, W0[3] - 0.01 * SLOPE, rtol=1e-4, atol=1e-6), why, answer)


@check(
    student.compile_classifier(classifier()),
    points=1,
    hint=("Which share do people want to read, besides the loss?", 'metrics=["accuracy"]'),
    mistakes={"The metric is missing: metrics=['accuracy'].": lambda m: not m.compiled.metrics},
)
def test_metric_of_the_classifier(answer):
    """compile_classifier uses accuracy as a metric."""
    settings = is_model(answer).compiled
    require(settings is not None, "The model is not compiled.", answer)
    names = [snake(metric.name) for metric in settings.metrics]
    require(
        any("acc" in name for name in names),
        Text("The metrics {names} do not include accuracy.", names=names),
        answer,
        "accuracy",
    )


TASKS = {
    "regression": classifier(1, "linear"),
    "two classes": classifier(1, "sigmoid"),
    "one-hot classes": classifier(),
    "integer classes": classifier(),
}
FITTING = {
    "two classes": {"binary_crossentropy", "binary_focal_crossentropy"},
    "one-hot classes": {"categorical_crossentropy"},
    "integer classes": {"sparse_categorical_crossentropy"},
}
REGRESSION = {
    "mean_squared_error",
    "mean_absolute_error",
    "mean_absolute_percentage_error",
    "mean_squared_logarithmic_error",
    "huber",
    "log_cosh",
    "cosine_similarity",
    "poisson",
    "quantile",
}


TARGETS = {
    "regression": rng.uniform(0.5, 1.5, (20, 1)),
    "two classes": (X[:, :1] > 0).astype(float),
    "one-hot classes": np.eye(3)[np.argmax(X[:, :3], axis=1)],
    "integer classes": np.argmax(X[:, :3], axis=1),
}


def for_task(task):
    """The compiled model, and its loss before and after a few steps of training in the clean room."""
    model = student.compile_for(TASKS[task], task)
    steps = [model.train_on_batch(X, TARGETS[task]) for _ in range(3)]
    return (
        model,
        model.evaluate(X, TARGETS[task], verbose=0),
        *steps,
        model.evaluate(X, TARGETS[task], verbose=0),
    )


def fits(answer, losses, known):
    require(
        is_model(answer).compiled is not None,
        "The model is not compiled: call model.compile(...).",
        answer,
    )
    spelled(answer)
    compiled_as(answer, loss=known)
    before, after = np.ravel(losses[0])[0], np.ravel(losses[-1])[0]
    require(after <= before + 1e-6, "Compiled like this, training does not lower the loss.", answer)


@check(
    *for_task("regression"),
    points=0.5,
    hint=("Which losses compare numbers, not classes?", "mean_squared_error, for example."),
    mistakes={
        NOT_RETURNED: lambda m: m is None,
        "A cross-entropy is for classes.": lambda m: "crossentropy" in (loss_name(m) or ""),
    },
)
def test_compile_for_regression(answer, *losses):
    """compile_for takes a regression loss for regression."""
    fits(answer, losses, REGRESSION)


@check(
    *for_task("two classes"),
    points=0.5,
    hint=(
        "What does one sigmoid unit give: a class, or a probability?",
        "The model has one sigmoid unit: binary_crossentropy.",
    ),
    mistakes={
        "With one unit, categorical cross-entropy is always 0: use binary cross-entropy.": lambda m: (
            loss_name(m) == "categorical_crossentropy"
        )
    },
)
def test_compile_for_two_classes(answer, *losses):
    """compile_for takes binary cross-entropy for two classes."""
    fits(answer, losses, FITTING["two classes"])


@check(
    *for_task("one-hot classes"),
    points=0.5,
    hint=(
        "How do the labels look: a number, or a row with a single 1?",
        "For rows with a single 1 and many classes, Keras has the loss without `sparse` in its name.",
        "categorical_crossentropy",
    ),
    mistakes={
        "Binary cross-entropy is for two classes.": lambda m: loss_name(m) == "binary_crossentropy",
        "This loss needs whole-number labels; for one-hot labels write 'categorical_crossentropy'.": lambda m: (
            loss_name(m) == "sparse_categorical_crossentropy"
        ),
    },
)
def test_compile_for_one_hot_classes(answer, *losses):
    """compile_for takes categorical cross-entropy for one-hot labels."""
    fits(answer, losses, FITTING["one-hot classes"])


# Compiled before, for something else: what counts is the last time.
before_that = TASKS["integer classes"].compile(loss="mean_squared_error", optimizer="sgd")


@check(
    before_that,
    *for_task("integer classes"),
    points=0.5,
    hint=(
        "The labels are whole numbers. Which loss looks the probability up by its number?",
        "sparse_categorical_crossentropy",
    ),
    mistakes={
        "This loss needs one-hot labels; for whole-number labels write 'sparse_categorical_crossentropy'.": lambda m: (
            loss_name(m) == "categorical_crossentropy"
        )
    },
)
def test_compile_for_integer_classes(_, answer, *losses):
    """compile_for takes sparse categorical cross-entropy for whole-number labels."""
    fits(answer, losses, FITTING["integer classes"])


# More rows than a batch holds, the last batch short, a layer that does nothing unless it is training, and
# a penalty on the weights, which belongs to the loss.
X_LOSS, LABELS_LOSS = rng.normal(size=(45, 4)), rng.integers(0, 3, 45)
ONE_HOT_LOSS = np.eye(3)[LABELS_LOSS]
PENALTY = 0.01
judged = keras.Sequential(
    [
        keras.Input((4,)),
        keras.layers.Dense(6, activation="tanh", kernel_regularizer=keras.regularizers.L2(PENALTY)),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(3, activation="softmax"),
    ]
)
setting = judged.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
filling = judged.set_weights(W0)
ALONE = entropy(X_LOSS, ONE_HOT_LOSS)
LOSS = ALONE + PENALTY * np.sum(W0[0] ** 2)
ACCURACY = np.mean(np.argmax(outputs_of(X_LOSS), 1) == LABELS_LOSS)
loss = student.loss_of(judged, X_LOSS, ONE_HOT_LOSS)
after = snapshot(judged)


@check(
    setting,
    filling,
    loss,
    after,
    after.optimizer.iterations,
    points=1.5,
    hint=(
        "Which method computes the loss on data, without training?",
        "evaluate gives the loss, and the metrics after it.",
        "model.evaluate(x, y, verbose=0) gives [loss, accuracy] here: take the first.",
    ),
    mistakes={
        "This is the list that evaluate returns: its first entry is the loss.": lambda a: (
            np.size(a) == 2
        ),
        "This is one loss per sample: take the mean.": lambda a: np.size(a) == 45,
        "This is the sum of the loss and the accuracy: the loss is the first entry.": lambda a: (
            abs(a - LOSS - ACCURACY) < 1e-3
        ),
        "The result is None: is a `return` missing?": lambda a: a is None,
        "This is the History of a fit: use evaluate, which does not train.": lambda a: hasattr(
            a, "history"
        ),
        "This is the sum over the samples: the loss is their mean.": lambda a: (
            abs(a / 45 - ALONE) < 0.1 * abs(a / 45) and a > 10
        ),
        "This is the mean squared error: use the loss that the model was compiled with.": lambda a: (
            abs(a - np.mean((outputs_of(X_LOSS) - ONE_HOT_LOSS) ** 2)) < 1e-3
        ),
    },
)
def test_loss_of(_, __, answer, model, iterations):
    """loss_of returns the compiled model's loss, without changing the weights."""
    pairs = zip(W0, is_model(model).weights, strict=False)
    same = len(model.weights) == 4 and all(np.allclose(w, own, atol=1e-6) for w, own in pairs)
    if not same or np.any(np.asarray(iterations) != 0):
        raise Miss(
            "The weights have changed: the loss is measured with evaluate, not with fit or train_on_batch.",
            answer,
        )
    used = model.compiled.optimizer if model.compiled else None
    require(
        used is not None and used.name == "Adam",
        "The model was compiled again, and now has a different optimizer: evaluate it as it is.",
        answer,
    )
    if np.size(answer) == 1 and isinstance(answer, float) and abs(answer - ALONE) < 1e-5:
        raise Miss("The regularizer's penalty is missing: evaluate adds it to the loss.", answer)
    if (
        np.size(answer) == 1
        and isinstance(answer, float)
        and abs(answer - ACCURACY) < 1e-6
        and abs(ACCURACY - LOSS) > 1e-3
    ):
        raise Miss(
            "This is the accuracy: the loss is the first entry.", answer, str(answer), f"{LOSS:.6g}"
        )
    close(answer, LOSS)


OTHER_Y = rng.normal(size=(20, 1))
other = classifier(1, "linear")
W1 = [*W0[:2], rng.normal(size=(6, 1)), rng.normal(size=1)]


def linear_outputs():
    """What the linear network with the weights W1 predicts."""
    return np.tanh(X @ W1[0] + W1[1]) @ W1[2] + W1[3]


@check(
    other.compile(loss="mean_absolute_error", optimizer="sgd"),
    other.set_weights(W1),
    student.loss_of(other, X, OTHER_Y),
    snapshot(other),
    points=0.5,
    hint=(
        "Print what evaluate returns for both models. Are they of the same kind?",
        "Without metrics, evaluate returns a number; with metrics, it returns a list.",
    ),
    mistakes={
        "Use the loss that the model was compiled with: it is not always cross-entropy.": lambda a: (
            not np.isfinite(a).all()
        ),
        "This is the mean squared error: use the loss that the model was compiled with.": lambda a: (
            abs(a - np.mean((linear_outputs() - OTHER_Y) ** 2)) < 1e-4
        ),
    },
)
def test_loss_of_without_metrics(_, __, answer, model):
    """loss_of uses the loss that the model was compiled with, with or without metrics."""
    unchanged = all(map(np.allclose, W1, is_model(model).weights))
    require(
        unchanged,
        "The weights have changed: the loss is measured with evaluate, not with fit or train_on_batch.",
        answer,
    )
    close(answer, np.mean(np.abs(linear_outputs() - OTHER_Y)))
