"""The numbers of the slides stand in the lessons' asserts, and lines that Keras 3 refuses are shown with the new ones; test_cli runs
the lessons themselves.
"""

import ast
import re
import warnings

import numpy as np
import pytest

from course.paths import LESSONS, exercise_stems, lesson_stems

# slide → lesson → the numbers on it, each of which is a constant of some assert in that lesson (which CI runs).
NUMBERS = [
    (4, "01_forward_pass", [0.5]),
    (5, "02_fully_connected", [60_037]),
    (10, "03_activations", [0.1, 0.25]),
    (11, "04_sequential_model", [200, 128, 256, 5]),
    (12, "04_sequential_model", [25_728, 33_024, 1_285, 60_037, 0]),
    (13, "03_activations", [0.07, 0.53, 0.36, 0.04]),
    (13, "04_sequential_model", [0.07, 0.53, 0.36, 0.04]),
    (14, "05_losses", [2.302585, 0.1]),
    (15, "05_losses", [0.01, 0.1, 55.5556, 31.25, 0.247163, 0.0052471]),
    (16, "07_optimizers", [0.01, 0.0]),
    (17, "08_compile_model", [0.4046, 0.9048]),
    (19, "09_fit_validation", [0.1]),
    (20, "09_fit_validation", [16, 30, 0.1]),
]
# Where slides and Keras 3 part → the lesson that shows it, by the old line or by the number that it comes to.
PARTINGS = [
    ("04_sequential_model", "from keras.layers.core import Dense, Activation"),
    ("04_sequential_model", "keras.layers.Dense(128, input_dim=200)"),
    ("04_sequential_model", "keras.layers.Activation(‘sigmoid’)"),
    ("07_optimizers", "keras.optimizers.SGD(lr=0.01)"),
    ("07_optimizers", "keras.optimizers.SGD(learning_rate=0.01, momentum=0.0, decay=0.0)"),
    ("07_optimizers", "keras.optimizers.SGD(1r=0.01)"),
    ("09_fit_validation", "model.fit(x, y, nb_epoch=30)"),
    ("03_activations", "keras.layers.MaxoutDense(4)"),
    ("03_activations", "from keras.layers.advanced_activations import LeakyReLU"),
    ("03_activations", "keras.layers.LeakyReLU()(np.array([-1.0]))"),
    ("05_losses", "from keras.utils import np_utils"),
    ("05_losses", 'keras.losses.get("logloss")'),
    ("05_losses", 'keras.losses.get("rmse")'),
    ("05_losses", "keras.losses.categorical_crossentropy(labels, probabilities)"),
    ("05_losses", "keras.losses.sparse_categorical_crossentropy(one_hot, probabilities)"),
    ("08_compile_model", "keras.Sequential([keras.layers.Dense(3)]).fit(x, y)"),
    ("04_sequential_model", 'The slide\'s column "Connected to" is printed only'),
    ("03_activations", "[0.0717, 0.5297, 0.3551, 0.0435]"),
    ("05_losses", "The slide truncates 55.5556 to 55"),
    ("05_losses", "gets 0.247; Keras uses log(1 + y)"),
    ("09_fit_validation", "what validation_split takes: the LAST rows"),
]
TRIPLE = re.compile(r"# slide: (.+)\n# today: (.+)\n# write: (.+)\n")
STEMS = lesson_stems()


def text(stem):
    return (LESSONS / f"{stem}.py").read_text("utf-8")


def lines():
    return [
        pytest.param(*triple, id=f"{stem[:2]}-{triple[0][:40]}")
        for stem in STEMS
        for triple in TRIPLE.findall(text(stem))
    ]


def asserted(stem):
    """The numbers that stand in the proofs of a lesson."""
    proofs = (LESSONS / "proofs" / f"{stem}.py").read_text("utf-8")
    asserts = ast.parse(proofs).body[1:]
    # `course lesson` evaluates each by itself.
    assert asserts and all(isinstance(node, ast.Assert) for node in asserts)
    found = [
        node.value for one in asserts for node in ast.walk(one) if isinstance(node, ast.Constant)
    ]
    return {float(value) for value in found if isinstance(value, int | float)}


@pytest.fixture(scope="module")
def names():
    """What the shown lines may speak of: a compiled model, data for it, labels in both forms."""
    import keras

    rng = np.random.default_rng(1)
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, activation="softmax")])
    model.compile(loss="categorical_crossentropy", optimizer="sgd")
    labels = np.array([0, 1, 2, 1])
    shares = np.full((4, 3), 1 / 3)
    known = {
        "keras": keras,
        "np": np,
        "model": model,
        "x": rng.normal(size=(4, 2)),
        "y": np.eye(3)[labels],
    }
    return known | {"labels": labels, "one_hot": np.eye(3)[labels], "probabilities": shares}


def test_there_is_a_lesson_for_every_exercise_and_the_map():
    # What is to be repaired comes from all of them, and what no lesson answers from none.
    assert {"00_landscape", *exercise_stems()} - {"12_repair", "13_further"} == set(STEMS)


@pytest.mark.parametrize("stem", STEMS)
def test_lesson_is_short_and_says_its_slides(stem):
    doc = ast.get_docstring(ast.parse(text(stem)))
    assert re.search(r"\nSlides? [\d, -]+\.$", doc) and text(stem).count("\n# %%\n") >= 4
    # At 88 columns. 06 works out back-propagation three times, 07 six rules, 09 four cures.
    assert len(text(stem).splitlines()) <= (290 if stem[:2] in ("06", "07", "09") else 240)


@pytest.mark.parametrize("stem", STEMS)
def test_a_lesson_is_not_about_drawing(stem):
    """Lines of code that draw, among all lines of code: fewer than a third."""
    tree = ast.parse(text(stem))
    words = {"plt", "axes", "figure", "left", "right", "drawing", "row", "panels", "bar"}

    def lines(nodes):
        return sum(node.end_lineno - node.lineno + 1 for node in nodes)

    drawn = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.Expr)
        and words & {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    ]
    share = lines(drawn) / lines(tree.body[1:])
    assert share < 1 / 3, f"{share:.0%}"


@pytest.mark.parametrize(("slide", "stem", "numbers"), NUMBERS)
def test_numbers_of_the_slides_are_asserted(slide, stem, numbers):
    assert {float(number) for number in numbers} - asserted(stem) == set(), f"slide {slide}"


@pytest.mark.parametrize(("stem", "shown"), PARTINGS)
def test_where_slides_and_keras_part_is_shown(stem, shown):
    proofs = (LESSONS / "proofs" / f"{stem}.py").read_text("utf-8")
    assert shown in " ".join((text(stem) + proofs).replace("\n#", "").split())


@pytest.mark.parametrize(("slide", "today", "write"), lines())
def test_shown_lines_do_what_the_lesson_says(slide, today, write, names):
    """The old line raises, warns or gives what the lesson says, and the new one simply runs."""
    kind, _, message = today.partition(": ")
    if kind.endswith("Error"):
        with pytest.raises(Exception, match=re.escape(message)) as caught:
            exec(slide, dict(names))
        assert caught.type.__name__ == kind
    elif kind.endswith("Warning"):
        with pytest.warns(UserWarning, match=re.escape(message)):
            exec(slide, dict(names))
    else:
        assert np.isclose(np.ravel(eval(slide, dict(names)))[0], float(today))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        exec(write, dict(names))
