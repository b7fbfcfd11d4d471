"""The example class gets exactly these marks, and the grading side stays clean of what it grades."""

import csv
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from course.check import load_checks
from course.grade import write_csv
from course.material import checks_of, exercise_stems
from course.submission import NoSubmission, python_of, sources, students

CLASS = Path(__file__).parent.parent / "examples" / "class"
HANDED_IN = ["01_forward_pass", "04_sequential_model", "05_losses"]
STEMS = exercise_stems()
MARKS = {
    "ada": ["8", "10", "14", "32"],
    "ben": ["0", "0", "0", "0"],
    "chen": ["8", "0", "0", "8"],
    "dora": ["0", "0", "2", "2"],
    "eve": ["0", "0", "0", "0"],
    "fay": ["8", "10", "0", "18"],
    "hana": ["8", "0", "14", "22"],
    "王小明": ["3", "0", "6", "9"],
}
SPY = """
import sys
from course import cli
status = cli.main(sys.argv[1:])
assert not {"tensorflow", "keras", "student"} & set(sys.modules), "the trusted process imported them"
sys.exit(status)
"""


def test_example_class(tmp_path):
    run = [sys.executable, "-c", SPY, "grade", str(CLASS), "--out", str(tmp_path), "--seed", "1"]
    done = subprocess.run(run, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    with (tmp_path / "gradebook.csv").open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
    assert head == ["student", *STEMS, "total", "of"]
    # The class hands in exercises 01, 04 and 05; ada all of them.
    marks = {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}
    assert {name: [own[stem] for stem in HANDED_IN] for name, own in marks.items()} == {name: own[:3] for name, own in MARKS.items()}
    assert {name: own["total"] for name, own in marks.items() if name != "ada"} == {n: own[3] for n, own in MARKS.items() if n != "ada"}
    of = sum(sum(one.points for one in load_checks(checks_of(stem), 1)) for stem in STEMS)
    assert marks["ada"]["total"] == marks["ada"]["of"] == f"{of:g}"
    with (tmp_path / "checks.csv").open(encoding="utf-8", newline="") as stream:
        checks = list(csv.DictReader(stream))
    assert len(checks) == 8 * sum(len(load_checks(checks_of(stem), 1)) for stem in STEMS) and "Next:" in done.stdout.splitlines()[-1]
    first = {(row["student"], row["exercise"]): row for row in reversed(checks)}
    assert "never ends" in first["dora", "05_losses"]["message"]
    assert "Python ended here" in first["eve", "05_losses"]["message"]
    assert "never closed" in first["chen", "05_losses"]["message"]
    assert "05_losses.py is missing" in first["fay", "05_losses"]["message"]
    slow = [row for row in checks if row["student"] == "dora" and row["exercise"] == "05_losses"]
    assert [row["outcome"] for row in slow[:3]] == ["failed", "passed", "passed"]


def test_one_students_folder_is_a_class_of_one():
    assert list(students(CLASS / "ada", STEMS)) == ["ada"] and len(students(CLASS, STEMS)) == 8


def test_two_files_for_one_exercise_are_named(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "05_losses.py").touch()
    assert "a/05_losses.py and b/05_losses.py" in str(sources(tmp_path, STEMS)["05_losses"])


def test_links_and_hostile_zips_are_refused(tmp_path):
    (tmp_path / "05_losses.py").symlink_to("/etc/passwd")
    assert "link" in str(sources(tmp_path, STEMS)["05_losses"])
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("../05_losses.py", "")
    assert "leaves its folder" in str(sources(tmp_path / "z.zip", STEMS)["05_losses"])
    (tmp_path / "no.zip").write_bytes(b"no zip")
    assert "no zip" in str(sources(tmp_path / "no.zip", STEMS)["05_losses"])


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("05_losses.py", "#" * 30_000_000)
    assert "larger than 1 MiB" in str(sources(tmp_path / "z.zip", STEMS)["05_losses"])


def test_a_notebook_counts_as_its_code_cells():
    cells = '{"cells": [{"cell_type": "markdown", "source": "x"}, {"cell_type": "code", "source": ["%pip\\n", "a = 1"]}]}'
    assert python_of("05_losses.ipynb", cells.encode()) == b"\na = 1"
    with pytest.raises(NoSubmission):
        python_of("05_losses.ipynb", b"[]")


def test_formulas_are_neutralised(tmp_path):
    write_csv(tmp_path / "x.csv", [["=1+1", 'O"Neil, Jr', -2.5]])
    with (tmp_path / "x.csv").open(newline="") as stream:
        assert next(csv.reader(stream)) == ["'=1+1", 'O"Neil, Jr', "-2.5"]
