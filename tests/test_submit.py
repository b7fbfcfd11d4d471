"""What a student packs is what the grader reads; a class folder is graded as hand-ins come."""

import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

SOLUTION = (Path(__file__).parent / "solutions" / "01_forward_pass.py").read_text("utf-8")
COMMAND = [sys.executable, "-m", "course.cli"]


@pytest.fixture
def mine(tmp_path, course):
    course("start", "mine", cwd=tmp_path)
    exercises = tmp_path / "mine" / "exercises"
    for path in exercises.glob("*.py"):
        if not path.name.endswith(("01_forward_pass.py", "05_losses.py")):
            path.unlink()
    (exercises / "01_forward_pass.py").write_text(SOLUTION, "utf-8")
    (tmp_path / "inbox").mkdir()
    return tmp_path / "mine"


def test_the_packed_file_is_graded_under_the_students_name(mine, tmp_path, course):
    run = course("submit", "--name", "王小明 b123", "--to", str(tmp_path / "inbox"), cwd=mine)
    assert run.returncode == 0 and "8 of 8 points" in run.stdout
    again = course("submit", cwd=mine)
    assert "packed for 王小明 b123" in again.stdout
    graded = course("grade", "inbox", "--out", "marks", "--only", "01", cwd=tmp_path)
    assert "王小明 b123" in graded.stdout and "8 / 8" in graded.stdout
    names = zipfile.ZipFile(tmp_path / "inbox" / "王小明 b123.zip").namelist()
    assert names == ["exercises/01_forward_pass.py", "exercises/05_losses.py"]


def test_a_file_that_does_not_run_is_told_before_it_is_handed_in(mine, course):
    (mine / "exercises" / "01_forward_pass.py").write_text("def f(:\n")
    run = course("submit", "--name", "ada", cwd=mine)
    assert run.returncode == 1 and "does not run" in run.stdout and "line 1" in run.stdout


@pytest.mark.parametrize("name", ["", "../ada", "a" * 200])
def test_a_name_that_no_file_can_have_is_refused(mine, name, course):
    wrong = course("submit", "--name", name, cwd=mine)
    assert wrong.returncode == 2 and not list(mine.glob("*.zip"))


@pytest.mark.skipif(sys.platform != "linux", reason="grading needs Linux")
def test_a_class_folder_is_graded_until_it_is_stopped(tmp_path):
    (tmp_path / "inbox" / "ada").mkdir(parents=True)
    (tmp_path / "inbox" / "ada" / "01_forward_pass.py").write_text(SOLUTION, "utf-8")
    words = ["grade", "inbox", "--out", "marks", "--only", "01", "--watch", "--lang", "en"]
    with subprocess.Popen(
        [*COMMAND, *words], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        for line in run.stdout:
            if line.startswith("Waiting"):
                break
        # The watch begins right after it is said.
        time.sleep(1)
        later = tmp_path / "inbox" / "bob"
        later.mkdir()
        (later / "01_forward_pass.py").write_text(SOLUTION, "utf-8")
        for line in run.stdout:
            if line.startswith("bob"):
                break
        run.send_signal(signal.SIGINT)
        assert "Stopped" in run.stderr.read()
    assert "bob" in (tmp_path / "marks" / "gradebook.csv").read_text("utf-8")
