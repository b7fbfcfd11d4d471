"""The folder that a student works in: made, renewed, and gone on with."""

import json
import os
from pathlib import Path

import pytest

from course.paths import EXERCISES
from course.student.folder import source_of


@pytest.fixture
def mine(tmp_path, course):
    (tmp_path / "home").mkdir()
    assert course("start", "mine", cwd=tmp_path / "home").returncode == 0
    return tmp_path / "home" / "mine"


def test_update_renews_what_was_not_touched_and_keeps_the_rest(mine, course):
    lesson, own = mine / "lessons" / "05_losses.py", mine / "exercises" / "05_losses.py"
    older = "# an older version\n"
    marker = (mine / ".course").read_text("utf-8")
    from course.student.folder import _digest

    lesson.write_text(older, "utf-8")
    lines = [
        f"{_digest(older)}  lessons/05_losses.py" if line.endswith("lessons/05_losses.py") else line
        for line in marker.splitlines()
    ]
    (mine / ".course").write_text("\n".join(lines) + "\n", "utf-8")
    own.write_text("# my own work\n", "utf-8")
    (mine / "exercises" / "test_05_losses.py").unlink()
    run = course("update", cwd=mine)
    assert run.stdout.startswith("2 files renewed")
    assert "kept as you have it: exercises/05_losses.py" in run.stdout
    assert lesson.read_text("utf-8") != older and own.read_text("utf-8") == "# my own work\n"
    assert (mine / "exercises" / "test_05_losses.py").exists()
    assert course("update", cwd=mine).stdout.startswith("0 files renewed")


def test_a_folder_is_easy_to_work_in(mine):
    assert "course next" in (mine / "README.md").read_text("utf-8")
    assert "plots/" in (mine / ".gitignore").read_text("utf-8")
    editor = json.loads((mine / ".vscode" / "settings.json").read_text("utf-8"))
    assert editor["python.testing.pytestEnabled"] is True


def test_a_folder_within_a_folder_is_refused_and_the_way_out_is_told(mine, course):
    inner = mine / "exercises" / "deep"
    inner.mkdir()
    assert "outside of it" in course("start", "again", cwd=mine).stderr
    assert course("watch", cwd=inner).stderr.strip().endswith("Type: cd ../..")
    assert course("watch", cwd=mine.parent.parent).stderr.strip().endswith("Type: cd home/mine")


def test_next_reads_the_lesson_and_then_checks_its_exercise(mine, course):
    read = course("next", cwd=mine)
    assert read.returncode == 0 and "forward pass" in read.stdout
    checked = course("next", cwd=mine)
    assert "Not written yet" in checked.stdout


def test_a_starter_is_the_same_as_in_the_course(mine):
    name = "05_losses.py"
    assert (mine / "exercises" / name).read_text("utf-8") == Path(EXERCISES, name).read_text(
        "utf-8"
    )


def test_a_notebook_that_is_newer_is_checked_and_its_lesson_never(tmp_path, monkeypatch, course):
    course("start", "work", cwd=tmp_path)
    work = tmp_path / "work"
    course("notebooks", "books", cwd=work)
    monkeypatch.chdir(work)
    starter = source_of("01_forward_pass", Path("exercises"))
    assert starter.path == "exercises/01_forward_pass.py" and not starter.notes
    book = Path("books/exercises/01_forward_pass.ipynb")
    book.write_text(
        book.read_text("utf-8").replace("raise NotImplementedError", "return 1"), "utf-8"
    )
    lesson = Path("books/lessons/01_forward_pass.ipynb")
    lesson.write_text(lesson.read_text("utf-8").replace("0.5", "0.7"), "utf-8")
    chosen = source_of("01_forward_pass", Path("exercises"))
    assert (chosen.path, chosen.kind) == (book.as_posix(), ".ipynb")
    assert chosen.notes == [f"{book.as_posix()} was checked"]
    own = Path("exercises/01_forward_pass.py")
    own.write_text("x = 1\n")
    os.utime(own, (4e9, 4e9))
    chosen = source_of("01_forward_pass", Path("exercises"))
    assert chosen.path == own.as_posix() and "it is newer than books/exercises" in chosen.notes[0]
