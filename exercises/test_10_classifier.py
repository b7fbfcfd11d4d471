"""Checks for 10_classifier, on real digits (scikit-learn's copy of a part of UCI's "Optical Recognition of Handwritten Digits",
Alpaydin and Kaynak, CC BY 4.0), which student and seed split anew.

In each run the ten digits bear other labels, and are turned or mirrored: a model that was trained elsewhere
knows nothing of them.
"""

import numpy as np
from sklearn.datasets import load_digits

from course.checks import Miss, Text, check, inputs, is_model, numbers, require, rows, student

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

FORMS = {
    "The model is not returned: end with `return model`.": lambda a: a is None,
    "This is the History of fit: return the model.": lambda a: hasattr(a, "history"),
}


def accuracy(answer, probabilities, of_scaled, of_one):
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
    if share < 0.96 and np.mean(numbers(of_scaled).argmax(axis=1) == Y_TEST) > share + 0.03:
        why = Text(
            "It was trained on scaled pixels, but gets raw ones: scale inside the model, with keras.layers.Rescaling(1 / 16)."
        )
        raise Miss(why, share, Text("accuracy {share} on raw pixels", share=f"{share:.3f}"))
    return share


def reached(share, wanted):
    if share < wanted:
        why = Text(
            "It has hardly learnt anything: too few epochs, steps that are too small, or sigmoid with SGD (relu and Adam learn faster)."
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
    points=5,
    seconds=60,
    hint="Rescaling(1 / 16), Dense(128, relu), Dense(256, relu), Dense(10, softmax); sparse_categorical_crossentropy, adam; 30 epochs.",
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
    points=5,
    seconds=60,
    hint="Use more epochs or more units; try relu and Adam.",
    mistakes=FORMS,
)
def test_accuracy_from_96(*answers):
    """build_and_train returns a compiled model that classifies 96 % of unseen digits correctly."""
    reached(accuracy(*answers), 0.96)
