"""pytest as the autograder: what a student sees, and what the exit status means."""

import json
import re
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
    subprocess.run(
        [sys.executable, "-m", "course.cli", "start", "."], cwd=pytester.path, check=True
    )
    (pytester.path / "exercises" / "05_losses.py").write_text(HALF)
    return pytester.path


def test_what_a_student_sees(pytester, folder):
    run = [
        "exercises/test_05_losses.py",
        "--course-seed",
        "3",
        "--course-hints",
        "--course-json",
        "g.json",
        "--junitxml",
        "j.xml",
    ]
    result = pytester.runpytest_subprocess(*run, "-k", FIRST_FOUR)
    text = result.stdout.str()
    assert result.ret == 1
    for line in (
        "--course-seed 3",
        "*root_mean_squared_error is the square root*",
        "*why*The square root is missing*",
        "*at*line 11: return np.mean(abs(y_true - y_prd))*",
        "*error*NameError*y_prd*",
        "*hint*",
        "05_losses: 1 of 7 points",
    ):
        result.stdout.fnmatch_lines([f"*{line}*"])
    for word in ("call", "got", "expected", "NOT ATTEMPTED"):
        assert word in text
    assert "Traceback" not in text and "course/checks/judge.py" not in text and "judge" not in text
    last = "Next: course try 05_losses test_root_mean_squared_error --seed 3"
    assert text.strip().splitlines()[-1] == last
    checks = json.loads((folder / "g.json").read_text())["exercises"]["05_losses"]["checks"]
    assert [c["outcome"] for c in checks.values()] == [
        "passed",
        "failed",
        "failed",
        "not attempted",
        "failed",
    ]
    assert 'failures="4"' in (folder / "j.xml").read_text()
    assert (
        json.loads((folder / "progress.json").read_text())["05_losses"]["test_mean_squared_error"]
        is True
    )
    assert (
        pytester.runpytest_subprocess(run[0], "--lf", "-x", "-k", FIRST_FOUR).parseoutcomes()[
            "failed"
        ]
        == 1
    )


def test_a_pass_and_the_other_outcomes(pytester, folder):
    assert pytester.runpytest_subprocess("exercises", "-k", "test_mean_squared_error").ret == 0
    (folder / "exercises" / "05_losses.py").write_text("import os\nos._exit(0)\n")
    result = pytester.runpytest_subprocess("exercises/test_05_losses.py")
    result.stdout.fnmatch_lines(["*NOT REACHED*"])
    assert result.ret == 1 and result.parseoutcomes() == {"failed": 14}
    (folder / "exercises" / "05_losses.py").rename(folder / "exercises" / "05_losses_final.py")
    result = pytester.runpytest_subprocess("exercises/test_05_losses.py", "--tb=short")
    result.stdout.fnmatch_lines(["*05_losses_final.py was taken for 05_losses*"])
    assert result.ret == 1


def test_what_a_function_printed_stands_under_its_own_check(pytester, folder):
    first, second = (
        "mean_squared_error(y, p):\n    print('first', 7)",
        "root_mean_squared_error(y, p):\n    print('second')\n    1 / 0",
    )
    (folder / "exercises" / "05_losses.py").write_text(f"def {first}\n\n\ndef {second}\n")
    result = pytester.runpytest_subprocess(
        "exercises/test_05_losses.py", "-k", "squared_error and not log"
    )
    # Where CI is set, pytest's short summary repeats each failure in full.
    failures, _ = result.stdout.str().split("= short test summary info =")
    one, two = failures.split("_ test_root_mean_squared_error _")
    assert "first 7" in one and "is a `return` missing?" in one and "second" not in one
    assert "second" in two and "first" not in two and "ZeroDivisionError" in two


def test_a_misspelt_function_and_a_file_that_python_cannot_read(pytester, folder):
    prints = "def mean_absolute_error(y, p):\n    print('\\x1b[2Jcleared' + 'x' * 90_000 + 'the end')\n    return None\n"
    (folder / "exercises" / "05_losses.py").write_text(prints)
    result = pytester.runpytest_subprocess(
        "exercises/test_05_losses.py", "-k", "test_mean_absolute_error"
    )
    assert "xthe end" in result.stdout.str() and "\x1b[2J" not in result.stdout.str()
    (folder / "exercises" / "05_losses.py").write_text(
        "def mean_absolute_eror(y, p):\n    return 1\n"
    )
    result = pytester.runpytest_subprocess(
        "exercises/test_05_losses.py", "-k", "test_mean_absolute_error"
    )
    result.stdout.fnmatch_lines(["*no `mean_absolute_error`, but it has `mean_absolute_eror`*"])
    (folder / "exercises" / "05_losses.py").write_text(
        "def mean_absolute_error(y，p):\n    return 1\n", "utf-8"
    )
    result = pytester.runpytest_subprocess("exercises/test_05_losses.py")
    result.stdout.fnmatch_lines(["*There is a full-width character ， in the code*"])
    # What was not reached says so in a line, and leaves the screen to the error.
    assert len(result.stdout.str().splitlines()) < 80
    (folder / "exercises" / "05_losses.py").write_bytes(b'NAME = "\xff\xfe\xff"\n')
    result = pytester.runpytest_subprocess(
        "exercises/test_05_losses.py", "-k", "test_mean_absolute_error"
    )
    result.stdout.fnmatch_lines(["*not saved as UTF-8*"])


def test_a_fault_of_the_grader_is_told_apart(pytester, folder):
    broken = folder / "sabotage"
    broken.mkdir()
    (broken / "conftest.py").write_text(
        "import course.wall.room, sys\nclass Broken(course.wall.room.Child):\n"
        "    def __init__(self, *a): raise OSError('no process to be had')\n"
        "course.wall.room.Child = Broken\n"
    )
    checks = (folder / "exercises" / "test_05_losses.py").read_text()
    (broken / "test_05_losses.py").write_text(checks)
    (broken / "05_losses.py").write_text(HALF)
    result = pytester.runpytest_subprocess("sabotage", "-k", "test_mean_squared_error")
    result.stdout.fnmatch_lines(["*GRADER FAILED*", "*the grader itself failed*"])
    assert result.ret == 1


# --- a guest in other projects ---


def test_it_says_nothing_where_there_is_no_check(pytester):
    pytester.makepyfile("def test_other(): pass")
    result = pytester.runpytest_subprocess()
    assert result.ret == 0 and "course" not in result.stdout.str().replace("course-", "")


def test_it_imports_nothing_heavy_where_there_is_no_check(pytester):
    pytester.makepyfile(
        "import sys\ndef test_light():\n"
        "    assert not {'numpy', 'pandas', 'msgspec', 'course.checks'} & set(sys.modules)"
    )
    assert pytester.runpytest_subprocess("-p", "no:randomly").ret == 0


def test_it_lives_beside_a_conftest_with_options_of_the_same_names(pytester, folder):
    (folder / "conftest.py").write_text(
        "def pytest_addoption(parser):\n    for name in ('--seed', '--hints', '--submission'):\n"
        "        parser.addoption(name, default='theirs')\n"
        "def pytest_configure(config):\n    assert config.getoption('--seed') == 'theirs'\n"
    )
    result = pytester.runpytest_subprocess("exercises/test_05_losses.py", "-k", FIRST_FOUR)
    assert result.parseoutcomes() == {"passed": 1, "failed": 4, "deselected": 9}


def test_workers_of_xdist_draw_the_same_inputs_and_the_points_are_told_once(pytester, folder):
    run = ["exercises/test_05_losses.py", "--course-seed", "3", "-k", FIRST_FOUR]
    alone = pytester.runpytest_subprocess(*run, "--course-json", "alone.json")
    shared = pytester.runpytest_subprocess(*run, "-n", "2", "--course-json", "shared.json")
    assert (folder / "alone.json").read_text() == (folder / "shared.json").read_text()
    for result in (alone, shared):
        assert result.stdout.str().count("05_losses: 1 of 7 points") == 1
    last = "Next: edit exercises/05_losses.py, then course check 05_losses --hints"
    assert shared.stdout.str().strip().splitlines()[-1] == last


def test_workers_of_xdist_share_a_seed_that_nobody_gave(pytester, folder):
    (folder / "exercises" / "05_losses.py").write_text(
        "import json, numpy as np\ndef mean_squared_error(y, p):\n    print(y.sum())\n    return 0\n"
        "def mean_absolute_error(y, p):\n    print(y.sum())\n    return 0\n"
    )
    names = "test_mean_squared_error or test_mean_absolute_error"
    result = pytester.runpytest_subprocess("exercises/test_05_losses.py", "-n", "2", "-k", names)
    sums = re.findall(r"printed +(\d+\.\d+)", result.stdout.str())
    # Where CI is set, pytest's summary repeats each failure.
    assert len(sums) >= 2 and len(set(sums)) == 1
