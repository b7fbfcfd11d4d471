"""Each exercise is proved three ways through the wall: its solution misses nothing, its starter everything, and each mistake
exactly the checks that it names; right answers written in another way pass wholly.

Files in mistakes/ and alternatives/ hold what differs from the solution, and are read behind it.
"""

import ast
import contextlib
import runpy
from pathlib import Path

import numpy as np
import pytest

from course.check import NOT_ATTEMPTED, PASSED, load_checks, seeded
from course.grade import grade_file
from course.material import checks_of, exercise_stems
from course.probe import keras
from course.rebuild import CleanRoom
from course.sandbox import Answer, Room, Warm

TESTS = Path(__file__).parent
STEMS = exercise_stems()
POINTS = {"01_forward_pass": 8, "02_fully_connected": 10, "03_activations": 12, "04_sequential_model": 10, "05_losses": 14}
POINTS |= {"06_gradient_descent": 12, "07_optimizers": 12, "08_compile_model": 8, "09_fit_validation": 14, "10_classifier": 10}


@pytest.fixture(scope="module")
def grade():
    """Grade one file through the warm process."""
    with Warm() as warm, contextlib.closing(CleanRoom(warm)) as clean:
        yield lambda stem, source, seed: grade_file(stem, source, seed, clean)


def files(kind):
    return [pytest.param(path, id=f"{path.parent.name}-{path.stem}") for path in sorted((TESTS / kind).glob("*/*.py"))]


def behind_solution(path):
    solution = (TESTS / "solutions" / f"{path.parent.name}.py").read_text("utf-8")
    return f"{solution}\n\n{path.read_text('utf-8')}".encode()


def missed(outcomes):
    return {o.check.name: f"{o.why} {o.error}" for o in outcomes if o.status != PASSED}


@pytest.mark.parametrize("stem", STEMS)
def test_points_are_the_contract(stem):
    assert sum(one.points for one in load_checks(checks_of(stem), 1)) == POINTS[stem]


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("stem", STEMS)
def test_solution_passes(stem, seed, grade):
    assert missed(grade(stem, (TESTS / "solutions" / f"{stem}.py").read_bytes(), seed)) == {}


@pytest.mark.parametrize("stem", STEMS)
def test_starter_is_not_attempted(stem, grade):
    starter = (TESTS.parent / "exercises" / f"{stem}.py").read_bytes()
    assert {o.status for o in grade(stem, starter, 3)} == {NOT_ATTEMPTED}


@pytest.mark.parametrize("path", files("mistakes"))
def test_mistake_is_named(path, grade):
    misses, says = ast.get_docstring(ast.parse(path.read_text("utf-8"))).splitlines()
    found = missed(grade(path.parent.name, behind_solution(path), 4))
    assert set(found) == set(misses.removeprefix("Misses: ").split(", "))
    assert any(says.removeprefix("Says: ") in why for why in found.values()), found


@pytest.mark.parametrize("path", files("alternatives"))
def test_alternative_passes(path, grade):
    assert missed(grade(path.parent.name, behind_solution(path), 5)) == {}


@pytest.mark.parametrize("stem", STEMS)
def test_every_check_is_missed_by_a_mistake(stem):
    docs = [ast.get_docstring(ast.parse(p.read_text("utf-8"))) for p in (TESTS / "mistakes" / stem).glob("*.py")]
    named = {name for doc in docs for name in doc.splitlines()[0].removeprefix("Misses: ").split(", ")}
    assert named == {one.name for one in load_checks(checks_of(stem), 1)}
    assert len(docs) >= 8


@pytest.mark.parametrize("name", ["momentum", "nesterov", "adagrad", "rmsprop", "adam"])
def test_the_oracle_of_07_follows_keras(name):
    """The rules that 07 expects are Keras's own optimizers, step by step, asked in a room with no student code."""
    with seeded(1):
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
    assert np.allclose(found, there["expected"](getattr(there["Rules"], name), start, counted), rtol=1e-5)
