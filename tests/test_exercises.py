"""Each exercise's solution gets every point, through the wall, and its starter is not attempted in every check."""

from pathlib import Path

import pytest

from course.check import NOT_ATTEMPTED, PASSED, judge, load_checks
from course.sandbox import Room

ROOT = Path(__file__).parent.parent
POINTS = {"01_forward_pass": 8, "04_sequential_model": 10, "05_losses": 14}


def outcomes(stem, source, seed=7):
    with Room(source, f"{stem}.py", seed) as room:
        return [judge(one, room) for one in load_checks(ROOT / "exercises" / f"test_{stem}.py", seed)]


@pytest.mark.parametrize("stem", POINTS)
def test_solution_passes(stem):
    found = outcomes(stem, (ROOT / "tests/solutions" / f"{stem}.py").read_bytes())
    assert [(o.check.name, o.why) for o in found if o.status != PASSED] == []
    assert sum(o.points for o in found) == POINTS[stem]


@pytest.mark.parametrize("stem", POINTS)
def test_starter_is_not_attempted(stem):
    found = outcomes(stem, (ROOT / "exercises" / f"{stem}.py").read_bytes())
    assert {o.status for o in found} == {NOT_ATTEMPTED}


def test_exit_at_import_earns_nothing():
    found = outcomes("05_losses", b"import os\nos._exit(0)\n")
    assert sum(o.points for o in found) == 0 and "Python ended here" in found[0].why
