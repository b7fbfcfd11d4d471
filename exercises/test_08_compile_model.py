"""Checks for 08_compile_model; losses are worked out in NumPy from the model's own predictions."""

import numpy as np

from course.checks import (
    Miss,
    Text,
    check,
    close,
    compiled_as,
    explain,
    inputs,
    is_model,
    keras,
    require,
    snake,
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
given = classifier()
given_weights = given.get_weights()


@check(
    given_weights,
    student.compile_classifier(given),
    points=2,
    hint='model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.SGD(learning_rate=0.01), metrics=["accuracy"])',
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
def test_loss_of_the_classifier(weights, answer):
    """compile_classifier chooses categorical cross-entropy."""
    require(
        is_model(answer).compiled is not None,
        "The model is not compiled: call model.compile(...).",
        answer,
    )
    compiled_as(answer, loss="categorical_crossentropy")
    require(
        not answer.compiled.loss.config.get("label_smoothing"),
        "The slides' loss has no label smoothing.",
        answer,
    )
    same = len(weights) == len(answer.weights) and all(map(np.array_equal, weights, answer.weights))
    require(
        same,
        "This is a different model, with different weights: compile the given model, and return it.",
        answer,
    )


@check(
    student.compile_classifier(classifier()),
    points=1,
    hint="keras.optimizers.SGD(learning_rate=0.01); its default is 0.01 too.",
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
def test_optimizer_of_the_classifier(answer):
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


@check(
    student.compile_classifier(classifier()),
    points=1,
    hint='metrics=["accuracy"]',
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


def for_task(task):
    """The question for the compiled model: what it was compiled with is told, so that nothing need be traced and evaluated."""
    return student.compile_for(TASKS[task], task)


def fits(answer, task, known):
    require(
        is_model(answer).compiled is not None,
        "The model is not compiled: call model.compile(...).",
        answer,
    )
    if answer.compiled.loss is not None and not answer.compiled.loss.builtin:
        name = answer.compiled.loss.name
        unknown = Text("Keras has no loss called {name}.", name=name)
        raise Miss(explain(f"Could not interpret loss identifier: {name}") or unknown, answer)
    compiled_as(answer, loss=known)


@check(
    for_task("regression"),
    points=0.5,
    hint="mean_squared_error, for example.",
    mistakes={
        NOT_RETURNED: lambda m: m is None,
        "A cross-entropy is for classes.": lambda m: "crossentropy" in (loss_name(m) or ""),
    },
)
def test_compile_for_regression(answer):
    """compile_for takes a regression loss for regression."""
    fits(answer, "regression", REGRESSION)


@check(
    for_task("two classes"),
    points=0.5,
    hint="The model has one sigmoid unit: binary_crossentropy.",
    mistakes={
        "With one unit, categorical cross-entropy is always 0: use binary cross-entropy.": lambda m: (
            loss_name(m) == "categorical_crossentropy"
        )
    },
)
def test_compile_for_two_classes(answer):
    """compile_for takes binary cross-entropy for two classes."""
    fits(answer, "two classes", FITTING["two classes"])


@check(
    for_task("one-hot classes"),
    points=0.5,
    hint="categorical_crossentropy",
    mistakes={
        "Binary cross-entropy is for two classes.": lambda m: loss_name(m) == "binary_crossentropy",
        "This loss needs whole-number labels; for one-hot labels write 'categorical_crossentropy'.": lambda m: (
            loss_name(m) == "sparse_categorical_crossentropy"
        ),
    },
)
def test_compile_for_one_hot_classes(answer):
    """compile_for takes categorical cross-entropy for one-hot labels."""
    fits(answer, "one-hot classes", FITTING["one-hot classes"])


# Compiled before, for something else: what counts is the last time.
before_that = TASKS["integer classes"].compile(loss="mean_squared_error", optimizer="sgd")


@check(
    before_that,
    for_task("integer classes"),
    points=0.5,
    hint="sparse_categorical_crossentropy",
    mistakes={
        "This loss needs one-hot labels; for whole-number labels write 'sparse_categorical_crossentropy'.": lambda m: (
            loss_name(m) == "categorical_crossentropy"
        )
    },
)
def test_compile_for_integer_classes(_, answer):
    """compile_for takes sparse categorical cross-entropy for whole-number labels."""
    fits(answer, "integer classes", FITTING["integer classes"])


# More rows than a batch holds, the last batch short, and a layer that does nothing unless it is training.
X_LOSS, LABELS_LOSS = rng.normal(size=(45, 4)), rng.integers(0, 3, 45)
ONE_HOT_LOSS = np.eye(3)[LABELS_LOSS]
judged = keras.Sequential(
    [
        keras.Input((4,)),
        keras.layers.Dense(6, activation="tanh"),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(3, activation="softmax"),
    ]
)
setting = judged.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
before, loss, after = (
    judged.get_weights(),
    student.loss_of(judged, X_LOSS, ONE_HOT_LOSS),
    judged.get_weights(),
)


@check(
    setting,
    before,
    loss,
    after,
    judged(X_LOSS),
    judged.optimizer.iterations,
    judged.optimizer,
    points=1.5,
    hint="model.evaluate(x, y, verbose=0) gives [loss, accuracy] here: take the first.",
    mistakes={
        "This is the list that evaluate returns: its first entry is the loss.": lambda a: (
            np.size(a) == 2
        ),
        "This is one loss per sample: take the mean.": lambda a: np.size(a) == 45,
        "The result is None: is a `return` missing?": lambda a: a is None,
        "This is the History of a fit: use evaluate, which does not train.": lambda a: hasattr(
            a, "history"
        ),
    },
)
def test_loss_of(_, before, answer, after, predicted, iterations, optimizer):
    """loss_of returns the compiled model's loss, without changing the weights."""
    changed = any(not np.array_equal(a, b) for a, b in zip(before, after, strict=True)) or np.any(
        np.asarray(iterations) != 0
    )
    if changed:
        raise Miss(
            "The weights have changed: the loss is measured with evaluate, not with fit or train_on_batch.",
            answer,
        )
    anew = optimizer is None or optimizer.name != "Adam"
    require(
        not anew,
        "The model was compiled again, and now has a different optimizer: evaluate it as it is.",
        answer,
    )
    wanted = -np.mean(np.log(np.sum(ONE_HOT_LOSS * predicted, axis=1)))
    accuracy = np.mean(np.argmax(predicted, 1) == LABELS_LOSS)
    if (
        np.size(answer) == 1
        and isinstance(answer, float)
        and abs(answer - accuracy) < 1e-6
        and abs(accuracy - wanted) > 1e-3
    ):
        raise Miss(
            "This is the accuracy: the loss is the first entry.",
            answer,
            str(answer),
            f"{wanted:.6g}",
        )
    close(answer, wanted)


OTHER_Y = rng.normal(size=(20, 1))
other = classifier(1, "linear")


@check(
    other.compile(loss="mean_absolute_error", optimizer="sgd"),
    student.loss_of(other, X, OTHER_Y),
    other(X),
    points=0.5,
    hint="Without metrics, evaluate returns a number; with metrics, it returns a list.",
    mistakes={
        "Use the loss that the model was compiled with: it is not always cross-entropy.": lambda a: (
            not np.isfinite(a).all()
        )
    },
)
def test_loss_of_without_metrics(_, answer, predicted):
    """loss_of uses the loss that the model was compiled with, with or without metrics."""
    close(answer, np.mean(np.abs(predicted - OTHER_Y)))
