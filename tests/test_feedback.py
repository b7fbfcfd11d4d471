"""What goes back to students, and which hand-ins are alike, from a class that was graded."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from course.classroom import feedback, similar
from course.classroom.book import Book
from course.classroom.store import Store

ROOT = Path(__file__).parent.parent
RIGHT = (ROOT / "tests" / "solutions" / "05_losses.py").read_text("utf-8")
# Two who differ in names only, one who has a line that raises, and one with nothing of their own.
FILES = {
    "Ada (501)": RIGHT + "\n\ndef slide_example():\n    return 1 / 0\n",
    "ben": RIGHT.replace("y_true", "t").replace("y_pred", "p"),
    "cat": (ROOT / "examples" / "class" / "王小明" / "05_losses.py").read_text("utf-8"),
    "dan": (ROOT / "exercises" / "05_losses.py").read_text("utf-8"),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    for name, text in FILES.items():
        (folder / "in" / name).mkdir(parents=True)
        (folder / "in" / name / "05_losses.py").write_text(text, "utf-8")
    command = ["grade", str(folder / "in"), "--only", "05", "--out", str(folder / "marks")]
    subprocess.run([sys.executable, "-m", "course.cli", *command], check=True, capture_output=True)
    store = Store(folder / "marks" / "attempts.sqlite")
    return folder / "marks", Book(store), store


def test_feedback_marks_the_line_and_leads_nowhere(graded):
    folder = feedback.write(*graded)
    page = (folder / "Ada (501)" / "feedback.html").read_text("utf-8")
    line = next(one for one in page.splitlines() if "<mark>" in one)
    assert "return 1 / 0" in line and "href=" not in page.split("</head>")[1].replace(
        'href="#main"', ""
    )
    assert "ZeroDivisionError" in (folder / "Ada (501)" / "feedback.md").read_text("utf-8")


def test_moodle_takes_the_feedback_by_number(graded):
    feedback.write(*graded)
    with zipfile.ZipFile(graded[0] / "feedback" / "moodle.zip") as packed:
        assert packed.namelist() == ["Ada_501_assignfeedback_file/feedback.html"]
    # mod/assign/feedback/file/importziplib.php splits a name at underscores into five.
    _, number, kind, plugin = packed.namelist()[0].split("/")[0].split("_")
    assert (number, kind, plugin) == ("501", "assignfeedback", "file")


def test_only_those_who_differ_in_names_are_alike(graded):
    (pair,) = similar.pairs(*graded[1:])
    assert (pair["first"], pair["second"]) == ("Ada (501)", "ben")
    assert any(shared for shared, _ in pair["texts"][0])
    assert not any(shared for shared, line in pair["texts"][0] if "1 / 0" in line)
