"""`course check` and `course try`, run as a student runs them."""

import subprocess
import sys
from pathlib import Path

import pytest

SOLUTIONS = Path(__file__).parent / "solutions"
WRONG = """
import numpy as np
def mean_squared_error(y_true, y_pred):
    for number in range(30): print("line", number)
    return np.sum((y_true - y_pred) ** 2)
def root_mean_squared_error(y_true, y_pred): breakpoint()
def mean_absolute_error(y_true, y_pred): return input()
def mean_absolute_percentage_error(y_true, y_pred): exit()
"""


@pytest.fixture(scope="module")
def mine(tmp_path_factory, course):
    """A student's folder: one exercise right, one wrong, the others not begun."""
    folder = tmp_path_factory.mktemp("student") / "mine"
    course("start", str(folder), cwd=folder.parent)
    right = (SOLUTIONS / "01_forward_pass.py").read_text("utf-8")
    (folder / "exercises" / "01_forward_pass.py").write_text(right, "utf-8")
    (folder / "exercises" / "05_losses.py").write_text(WRONG, "utf-8")
    return folder


def test_all_exercises_fit_a_small_terminal(mine, course):
    run = course("check", cwd=mine)
    lines = run.stdout.rstrip().splitlines()
    assert run.returncode == 1 and len(lines) <= 23 and max(map(len, lines)) <= 80
    assert [line[0] for line in lines[:13]] == list("✓···✗········")
    assert "8 of 8 points" in lines[0] and "This is the sum, not the mean" in run.stdout
    assert "more characters: --all" in run.stdout
    assert lines[-1] == "Next: edit exercises/05_losses.py, then course check 05_losses --hints"


def test_everything_is_shown_where_it_is_asked_for(mine, course):
    run = course("check", "05", "--all", "--seed", "3", cwd=mine)
    assert "array(shape=" not in run.stdout and "line 0" in run.stdout and "line 29" in run.stdout
    for sentence in ("a breakpoint() in your file", "input() has nobody", "an exit() or quit()"):
        assert sentence in " ".join(run.stdout.split())


def test_a_right_exercise_passes(mine, course):
    run = course("check", "01", cwd=mine)
    assert run.returncode == 0 and run.stdout.splitlines()[-1] == "Next: course next"


@pytest.mark.parametrize(
    ("stem", "check", "shown"),
    [("05_losses", "mean_squared", "0."), ("09_fit_validation", "test_train", "val_loss")],
)
def test_the_script_of_a_check_calls_the_function_with_its_inputs(mine, stem, check, shown, course):
    solution = (SOLUTIONS / f"{stem}.py").read_text("utf-8")
    (mine / "exercises" / f"{stem}.py").write_text(solution, "utf-8")
    assert course("try", stem, check, "--seed", "4", cwd=mine).returncode == 0
    run = subprocess.run(
        [sys.executable, f"try_{stem}.py"], cwd=mine, capture_output=True, text=True
    )
    assert run.returncode == 0 and shown in run.stdout, run.stderr
    assert "expected" not in (mine / f"try_{stem}.py").read_text("utf-8")


def test_a_check_that_is_not_there_is_named_with_those_that_are(mine, course):
    wrong = course("try", "05", "test_nothing", cwd=mine)
    assert wrong.returncode == 2 and "test_mean_squared_error" in wrong.stderr
