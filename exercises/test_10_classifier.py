"""Checks for 10_classifier, on real digits (scikit-learn's copy of a part of UCI's "Optical Recognition of Handwritten Digits",
Alpaydin and Kaynak, CC BY 4.0), which student and seed split anew.

In each run the ten digits bear other labels, and are turned or mirrored: a model that was trained elsewhere
knows nothing of them.
"""

import numpy as np
from sklearn.datasets import load_digits

from course.checks import (
    Miss,
    Text,
    check,
    inputs,
    is_model,
    numbers,
    require,
    rows,
    snake,
    student,
)

rng = inputs()
PIXELS, DIGITS = load_digits(return_X_y=True)
order = rng.permutation(len(DIGITS))
LABELS = rng.permutation(10)[DIGITS[order]]
# All are turned and mirrored alike: weights from elsewhere do not fit, and whoever learns learns as well.
IMAGES = np.rot90(PIXELS[order].reshape(-1, 8, 8), int(rng.integers(4)), axes=(1, 2))
PIXELS = IMAGES[:, :, :: int(rng.choice([-1, 1]))].reshape(-1, 64)
TRAIN = 1300
X_TEST, Y_TEST = PIXELS[TRAIN:], LABELS[TRAIN:]

trained = student.build_and_train(PIXELS[:TRAIN], LABELS[:TRAIN], int(rng.integers(1000)))
predicted = trained(X_TEST)
scaled, alone = trained(X_TEST / 16), trained(X_TEST[:1])
updates = trained.optimizer.iterations

FORMS = {
    "The model is not returned: end with `return model`.": lambda a: a is None,
    "This is the History of fit: return the model.": lambda a: hasattr(a, "history"),
}


# Layers that leave the size of the pixels as it is.
PLAIN = ("InputLayer", "Dense", "Activation", "Softmax", "ReLU", "Dropout", "Flatten", "Reshape")
# Learning rates from which on nothing is learnt, of SGD and of the rules that adapt.
LARGE_SGD, LARGE = 2.0, 0.1


def fault(model, updates, share):
    """What in a model that is right too seldom explains it; "" where nothing does."""
    listed, loss, used = rows(model), model.compiled.loss, model.compiled.optimizer
    rate = used.config.get("learning_rate") if used else None
    large = LARGE_SGD if used and used.name == "SGD" else LARGE
    hidden = [row for row in listed[:-1] if row.class_name not in ("Dropout", "Rescaling")]
    if share < 0.5 and not np.any(np.asarray(updates) > 0):
        return Text("It was never trained: call model.fit before you return it.")
    if loss is not None and loss.config.get("from_logits"):
        return Text("The model already ends in softmax: leave out from_logits.")
    if loss is not None and "crossentropy" not in loss.name.lower():
        return Text(
            "The loss {loss} does not fit: for whole-number labels use sparse_categorical_crossentropy.",
            loss=snake(loss.name),
        )
    if isinstance(rate, float | int) and rate >= large:
        return Text("The learning rate {rate} is too large.", rate=f"{rate:g}")
    if all(layer.class_name in PLAIN for layer in model.layers):
        return Text(
            "The model does not scale the pixels, which run from 0 to 16: begin with keras.layers.Rescaling(1 / 16)."
        )
    dense = any(row.class_name == "Dense" for row in hidden)
    if dense and all(row.activation in (None, "linear") for row in hidden):
        return Text("The hidden layers have no activation: use relu.")
    return ""


def accuracy(answer, probabilities, of_scaled, of_one, updates):
    """The share of unseen digits that get their label from a compiled model of ten probabilities."""
    model = is_model(answer)
    require(
        model.compiled is not None,
        "The model is not compiled: call model.compile(...).",
        answer,
        "a compiled model",
    )
    p = numbers(probabilities)
    if p.shape != (len(Y_TEST), 10):
        raise Miss(
            Text(
                "Each digit needs ten probabilities, but the output has shape {shape}.",
                shape=p.shape,
            ),
            probabilities,
            str(p.shape),
            f"({len(Y_TEST)}, 10)",
        )
    across = np.abs(p.sum(axis=0) - 1).max() < 1e-3
    require(
        not across,
        "Softmax runs over the batch: each digit's own outputs add up to 1, so axis=-1.",
        probabilities,
    )
    require(
        np.isfinite(p).all(),
        "The outputs are not finite numbers: the learning rate is too large.",
        probabilities,
    )
    sums = p.sum(axis=1)
    came = Text(
        "rows that add up to {value} … {value1}",
        value=f"{sums.min():.3g}",
        value1=f"{sums.max():.3g}",
    )
    if np.abs(sums - 1).max() > 1e-3 or p.min() < -1e-6:
        raise Miss(
            "The outputs are not probabilities, since they do not add up to 1: end with softmax.",
            probabilities,
            came,
            "1",
        )
    lonely = numbers(of_one).reshape(-1)
    require(
        lonely.size == 10 and np.allclose(lonely, p[0], atol=1e-3),
        "A digit alone gets a different answer than in a batch: no row may depend on the rest of the batch.",
        of_one,
    )
    share = float(np.mean(p.argmax(axis=1) == Y_TEST))
    softmaxes = sum(
        row.class_name == "Softmax" or row.activation == "softmax" for row in rows(model)
    )
    if softmaxes > 1 and share < 0.96:
        raise Miss(
            "Softmax is used twice in a row, so no output can be certain: keep only one.",
            share,
            Text("accuracy {share}", share=f"{share:.3f}"),
        )
    on_scaled = float(np.mean(numbers(of_scaled).argmax(axis=1) == Y_TEST))
    if share < 0.96 and on_scaled > max(share + 0.005, 0.6):
        why = Text(
            "It was trained on scaled pixels, but gets raw ones: scale inside the model, with keras.layers.Rescaling(1 / 16)."
        )
        if any(layer.class_name == "Rescaling" for layer in model.layers):
            why = Text(
                "The pixels are scaled twice, before the model and inside it: leave it to the model."
            )
        raise Miss(why, share, Text("accuracy {share} on raw pixels", share=f"{share:.3f}"))
    if share < 0.96 and (why := fault(model, updates, share)):
        raise Miss(why, share, Text("accuracy {share}", share=f"{share:.4f}"))
    return share


def reached(share, wanted):
    if share < wanted:
        why = Text(
            "It has hardly learnt anything: are rows and labels still in the same order, and are there enough epochs? relu and Adam learn faster."
        )
        if share >= 0.5:
            why = Text("It learns, but not enough yet: use more epochs, more units, relu and Adam.")
        raise Miss(
            why,
            share,
            Text(
                "accuracy {share} on {value} unseen digits", share=f"{share:.4f}", value=len(Y_TEST)
            ),
            Text("at least {wanted}", wanted=wanted),
        )


@check(
    trained,
    predicted,
    scaled,
    alone,
    updates,
    points=5,
    seconds=60,
    hint=(
        "How large are the pixels, and how many classes are there?",
        "Scale the pixels inside the model, let two hidden layers follow, and end with a probability for each digit.",
        "Rescaling(1 / 16), Dense(128, relu), Dense(256, relu), Dense(10, softmax); sparse_categorical_crossentropy, adam; 30 epochs.",
    ),
    mistakes=FORMS,
)
def test_accuracy_from_90(*answers):
    """build_and_train returns a compiled model that classifies 90 % of unseen digits correctly."""
    reached(accuracy(*answers), 0.90)


@check(
    trained,
    predicted,
    scaled,
    alone,
    updates,
    points=5,
    seconds=60,
    hint=(
        "Does the training accuracy still rise at the end?",
        "Use more epochs or more units; try relu and Adam.",
    ),
    mistakes=FORMS,
)
def test_accuracy_from_96(*answers):
    """build_and_train returns a compiled model that classifies 96 % of unseen digits correctly."""
    reached(accuracy(*answers), 0.96)
