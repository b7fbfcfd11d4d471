"""pytest as the autograder: what a student sees, and what the exit status means."""

import json
import subprocess
import sys

import pytest

pytest_plugins = ["pytester"]

HALF = """
import numpy as np

def mean_squared_error(y_true, y_pred):
    return np.mean((y_true - y_pred) ** 2)

def root_mean_squared_error(y_true, y_pred):
    return mean_squared_error(y_true, y_pred)

def mean_absolute_error(y_true, y_pred):
    return np.mean(abs(y_true - y_prd))

def mean_absolute_percentage_error(y_true, y_pred):
    raise NotImplementedError
"""
FIRST_FOUR = "test_mean or test_root"


@pytest.fixture
def folder(pytester):
    subprocess.run([sys.executable, "-m", "course.cli", "start", "."], cwd=pytester.path, check=True)
    (pytester.path / "exercises" / "05_losses.py").write_text(HALF)
    return pytester.path


def test_what_a_student_sees(pytester, folder):
    run = ["exercises/test_05_losses.py", "--seed", "3", "--hints", "--grade-json", "g.json", "--junitxml", "j.xml"]
    result = pytester.runpytest_subprocess(*run, "-k", FIRST_FOUR)
    text = result.stdout.str()
    assert result.ret == 1
    for line in (
        "--seed 3",
        "*root_mean_squared_error is the square root*",
        "*why*The square root is forgotten*",
        "*line*11: return np.mean(abs(y_true - y_prd))*",
        "*error*NameError*y_prd*",
        "*hint*",
        "05_losses: 1 of 7 points",
    ):
        result.stdout.fnmatch_lines([f"*{line}*"])
    for word in ("asked", "came", "expected", "NOT ATTEMPTED"):
        assert word in text
    assert "Traceback" not in text and "course/check.py" not in text and "judge" not in text
    assert text.strip().splitlines()[-1] == "Next: course check 05_losses"
    checks = json.loads((folder / "g.json").read_text())["exercises"]["05_losses"]["checks"]
    assert [c["outcome"] for c in checks.values()] == ["passed", "failed", "failed", "not attempted", "failed"]
    assert 'failures="4"' in (folder / "j.xml").read_text()
    assert json.loads((folder / "progress.json").read_text())["05_losses"]["test_mean_squared_error"] is True
    assert pytester.runpytest_subprocess(run[0], "--lf", "-x", "-k", FIRST_FOUR).parseoutcomes()["failed"] == 1


def test_a_pass_and_the_other_outcomes(pytester, folder):
    assert pytester.runpytest_subprocess("exercises", "-k", "test_mean_squared_error").ret == 0
    (folder / "exercises" / "05_losses.py").write_text("import os\nos._exit(0)\n")
    result = pytester.runpytest_subprocess("exercises/test_05_losses.py")
    result.stdout.fnmatch_lines(["*NOT REACHED*"])
    assert result.ret == 1 and result.parseoutcomes() == {"failed": 14}
    (folder / "exercises" / "05_losses.py").rename(folder / "exercises" / "05_losses_final.py")
    result = pytester.runpytest_subprocess("exercises/test_05_losses.py", "--tb=short")
    result.stdout.fnmatch_lines(["*05_losses.py is missing: is it 05_losses_final.py? Then name it 05_losses.py.*"])
    assert result.ret == 1


def test_what_a_function_printed_stands_under_its_own_check(pytester, folder):
    first, second = "mean_squared_error(y, p):\n    print('first', 7)", "root_mean_squared_error(y, p):\n    print('second')\n    1 / 0"
    (folder / "exercises" / "05_losses.py").write_text(f"def {first}\n\n\ndef {second}\n")
    result = pytester.runpytest_subprocess("exercises/test_05_losses.py", "-k", "squared_error and not log")
    # Where CI is set, pytest's short summary repeats each failure in full.
    failures, _ = result.stdout.str().split("= short test summary info =")
    one, two = failures.split("_ test_root_mean_squared_error _")
    assert "first 7" in one and "is a `return` missing?" in one and "second" not in one
    assert "second" in two and "first" not in two and "ZeroDivisionError" in two


def test_a_misspelt_function_and_a_file_that_python_cannot_read(pytester, folder):
    prints = "def mean_absolute_error(y, p):\n    print('\\x1b[2Jcleared' + 'x' * 90_000 + 'the end')\n    return None\n"
    (folder / "exercises" / "05_losses.py").write_text(prints)
    result = pytester.runpytest_subprocess("exercises/test_05_losses.py", "-k", "test_mean_absolute_error")
    assert "xthe end" in result.stdout.str() and "\x1b[2J" not in result.stdout.str()
    (folder / "exercises" / "05_losses.py").write_text("def mean_absolute_eror(y, p):\n    return 1\n")
    result = pytester.runpytest_subprocess("exercises/test_05_losses.py", "-k", "test_mean_absolute_error")
    result.stdout.fnmatch_lines(["*no `mean_absolute_error`, but `mean_absolute_eror`*"])
    (folder / "exercises" / "05_losses.py").write_text("def mean_absolute_error(y，p):\n    return 1\n", "utf-8")
    result = pytester.runpytest_subprocess("exercises/test_05_losses.py")
    result.stdout.fnmatch_lines(["*A full-width sign ， stands in the code*"])
    # What was not reached says so in a line, and leaves the screen to the error.
    assert len(result.stdout.str().splitlines()) < 80
    (folder / "exercises" / "05_losses.py").write_bytes('NAME = "損失"\n'.encode("big5"))
    result = pytester.runpytest_subprocess("exercises/test_05_losses.py", "-k", "test_mean_absolute_error")
    result.stdout.fnmatch_lines(["*not saved as UTF-8*"])


def test_a_fault_of_the_grader_is_told_apart(pytester, folder):
    broken = folder / "sabotage"
    broken.mkdir()
    (broken / "conftest.py").write_text(
        "import course.sandbox, sys\nclass Broken(course.sandbox.Child):\n"
        "    def __init__(self, *a): raise OSError('no process to be had')\ncourse.sandbox.Child = Broken\n"
    )
    (broken / "test_05_losses.py").write_text((folder / "exercises" / "test_05_losses.py").read_text())
    (broken / "05_losses.py").write_text(HALF)
    result = pytester.runpytest_subprocess("sabotage", "-k", "test_mean_squared_error")
    result.stdout.fnmatch_lines(["*GRADER FAILED*", "*the grader itself failed*"])
    assert result.ret == 1
