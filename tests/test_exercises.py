"""Each exercise is worth what the contract says, and everything that `course verify` asks of it holds."""

import re
import runpy

import numpy as np
import pytest

from course import seed
from course.checks.check import load_checks
from course.checks.verify import cases
from course.classroom.grade import grade_file
from course.paths import checks_of, exercise_stems
from course.text import translate
from course.wall.question import keras
from course.wall.room import Answer, Room

STEMS = exercise_stems()
POINTS = {
    "01_forward_pass": 8,
    "02_fully_connected": 10,
    "03_activations": 12,
    "04_sequential_model": 10,
    "05_losses": 14,
    "06_gradient_descent": 12,
    "07_optimizers": 12,
    "08_compile_model": 8,
    "09_fit_validation": 14,
    "10_classifier": 10,
    "11_penguins": 12,
    "12_repair": 12,
    "13_further": 14,
}


@pytest.fixture(scope="module")
def grade(clean):
    """Grade one file through the warm server."""
    return lambda stem, source, number: grade_file(stem, source, number, clean)


@pytest.mark.parametrize("stem", STEMS)
def test_points_are_the_contract(stem):
    assert sum(one.points for one in load_checks(checks_of(stem), 1)) == POINTS.get(stem), (
        f"add {stem} to POINTS"
    )


# The first of each kind runs always; the whole matrix is slow, and a step of its own in CI.
def _cases():
    for stem in STEMS:
        kinds = set()
        for case in cases(stem):
            kind = case.name.split()[0]
            marks = [pytest.mark.slow] if kind in kinds else []
            kinds.add(kind)
            yield pytest.param(case, id=f"{stem}-{case.name}", marks=marks)


@pytest.mark.parametrize("case", list(_cases()))
def test_case_holds(case, grade):
    heard = []

    def listen(stem, source, seed):
        outcomes = grade(stem, source, seed)
        heard.extend(outcomes)
        return outcomes

    assert case.fault(listen) == ""
    # Whatever a student reads here has its Chinese.
    assert not [
        o.why
        for o in heard
        if o.why and not re.search("[\u4e00-\u9fff]", translate(o.why, "zh-TW"))
    ]


@pytest.mark.parametrize("name", ["momentum", "nesterov", "adagrad", "rmsprop", "adam"])
def test_the_oracle_of_07_follows_keras(name):
    """The rules that 07 expects are Keras's own optimizers, step by step, asked in a room with no student code."""
    with seed.using(1):
        there = runpy.run_path(str(checks_of("07_optimizers")))
    rate, m = there["RATE"], there["M"]
    optimizer = {
        "momentum": keras.optimizers.SGD(rate, momentum=m),
        "nesterov": keras.optimizers.SGD(rate, momentum=m, nesterov=True),
        "adagrad": keras.optimizers.Adagrad(rate),
        "rmsprop": keras.optimizers.RMSprop(rate),
        "adam": keras.optimizers.Adam(rate),
    }[name]
    start, counted = there["ADA"] if name == "adagrad" else there["ZERO"], name == "adam"
    variable = keras.Variable(there["W"])
    with Room(b"", "nobody.py", 0) as room:
        for g in there["GRADIENTS"]:
            assert isinstance(room.ask(optimizer.apply([g], [variable])), Answer)
        found = room.ask(keras.ops.convert_to_numpy(variable)).value
    wanted = there["many"](getattr(there["Rules"], name), start, counted=counted)
    assert np.allclose(found, wanted[-1], rtol=1e-5)
