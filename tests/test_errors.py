"""Each error of the table, produced with the Keras that is installed, gets its own sentence."""

import tomllib

import numpy as np
import pytest

from course.checks.errors import explain
from course.paths import DATA

pytestmark = pytest.mark.filterwarnings("ignore")
X = np.random.default_rng(1).uniform(0, 1, (20, 4)).astype("float32")
Y = np.arange(20) % 3


@pytest.fixture
def names():
    """What an example may use; Keras is imported here, where it is wanted, and not by each of pytest's workers."""
    import keras
    from keras import layers

    def model(loss="categorical_crossentropy", n=3):
        activation = "sigmoid" if n == 1 else "softmax"
        built = keras.Sequential([keras.Input((4,)), layers.Dense(n, activation=activation)])
        built.compile(loss=loss, optimizer="sgd")
        return built

    known = {"np": np, "keras": keras, "layers": layers, "X": X, "Y": Y}
    return known | {"Y1": np.eye(3)[Y], "model": model}


TABLE = tomllib.loads((DATA / "errors.toml").read_text("utf-8"))["error"]
CASES = [(entry, code) for entry in TABLE for code in entry.get("examples", [])]


def error_of(code, names):
    """What the code raises, as the grader tells it."""
    try:
        exec(compile(code, "student.py", "exec"), names)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    raise AssertionError("it raises nothing")


@pytest.mark.parametrize(("entry", "code"), CASES, ids=[code for _, code in CASES])
def test_an_example_gets_the_sentence_of_its_entry(entry, code, names):
    error = error_of(code, names)
    said = explain(error)
    assert said is not None, error
    sentence = said.values["sentence"] if "near" in said.values else said
    assert sentence.template == entry["sentence"], error


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("model().fit(X, Y1, epoch=3)", "epochs"),
        ("keras.optimizers.get('sdg')", "sgd"),
        ("keras.layers.Dens(3)", "Dense"),
        ("keras.sequential()", "Sequential"),
        ("keras.optimizers.AdaGrad()", "Adagrad"),
        ("keras.losses.get('sparse_crossentropy')", "sparse_categorical_crossentropy"),
        ("x_train = X; x_trian", "x_train"),
    ],
)
def test_a_name_that_is_nearly_right_gets_the_likely_one(code, near, names):
    assert f"Did you mean `{near}`?" in explain(error_of(code, names), ["x_train"])


def test_a_name_that_only_ends_like_another_gets_none(names):
    assert "Did you mean" not in explain(error_of("keras.losses.get('kullback')", names))
