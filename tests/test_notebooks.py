"""Notebooks: every lesson runs from top to bottom in a real kernel, and a filled-in starter is graded like a file."""

import json
from pathlib import Path

import nbclient
import nbformat
import pytest

from course.checks.mark import Outcome
from course.classroom.files import TYPED, Source
from course.classroom.grade import grade_file
from course.paths import MATERIAL, exercise_stems, lesson_stems
from course.student import notebooks
from course.student.exercise import Exercise, defined
from course.text import UsageError
from course.wall.source import OWN_LINES, notebook_of, pieces

TESTS = Path(__file__).parent


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    target = tmp_path_factory.mktemp("notebooks")
    assert len(notebooks.write(target)) == len(lesson_stems()) + len(exercise_stems())
    assert notebooks.write(target) == []
    return target


# test_edits runs every lesson; here two of them, in a real kernel.
LESSONS = ["00_landscape", pytest.param("05_losses", marks=pytest.mark.slow)]


@pytest.mark.parametrize("stem", LESSONS)
def test_a_lesson_runs_from_top_to_bottom(built, stem, tmp_path):
    notebook = nbformat.read(built / "lessons" / f"{stem}.ipynb", as_version=4)
    kinds = [cell.cell_type for cell in notebook.cells]
    assert (
        kinds[0] == "markdown"
        and kinds.count("markdown") >= 4
        and "# %%" not in "".join(cell.source for cell in notebook.cells)
    )
    nbclient.NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    pictures = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert pictures


@pytest.mark.parametrize("stem", exercise_stems())
def test_a_starter_says_what_the_file_says(built, stem):
    data = (built / "exercises" / f"{stem}.ipynb").read_bytes()
    names = [
        line
        for line in (MATERIAL / "exercises" / f"{stem}.py").read_text("utf-8").splitlines()
        if line.startswith("def ")
    ]
    cells = pieces(f"{stem}.ipynb", data)
    source = "\n".join(cell.text for cell in cells if not OWN_LINES.search(cell.text))
    assert [line for line in source.splitlines() if line.startswith("def ")] == names
    assert len([c for c in json.loads(data)["cells"] if c["cell_type"] == "code"]) >= len(names)
    compile(source, stem, "exec")


def run_cells(notebook, folder):
    nbclient.NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(folder)}}
    ).execute()
    return notebook.cells[-1].outputs[0]["data"]


def test_a_notebook_checks_what_its_cells_define_in_the_sandbox(built, tmp_path):
    notebook = nbformat.read(built / "exercises" / "01_forward_pass.ipynb", as_version=4)
    assert notebook.cells[-1].source.startswith("exercise.check()")
    told = run_cells(notebook, tmp_path)
    assert "Not written yet" in told["text/plain"] and "<table>" in told["text/html"]
    solution = (TESTS / "solutions" / "01_forward_pass.py").read_text("utf-8")
    notebook.cells.insert(-1, nbformat.v4.new_code_cell(solution))
    # A trial that raises in the sandbox, a model that would be trained again, and a mark in the kernel.
    trial = "import os\nos.environ['MARK'] = 'kernel'\nwaste = [0] * 10\nassert waste"
    notebook.cells.insert(-1, nbformat.v4.new_code_cell(trial))
    told = run_cells(notebook, tmp_path)
    assert "8 of 8 points" in told["text/plain"]


def test_a_checked_notebook_is_graded_like_a_file(built, clean):
    notebook = nbformat.read(built / "exercises" / "01_forward_pass.ipynb", as_version=4)
    solution = (TESTS / "solutions" / "01_forward_pass.py").read_text("utf-8")
    notebook.cells.insert(-1, nbformat.v4.new_code_cell(solution))
    source = Source(nbformat.writes(notebook).encode(), "01_forward_pass.ipynb")
    marks = grade_file("01_forward_pass", source, 3, clean)
    assert all(mark.passed for mark in marks), marks


def test_only_what_functions_need_is_sent():
    cells = [
        "import numpy as np\nRATE = 0.1\nhistory = model.fit(x, y)",
        "def f(x):\n    return 1",
        "this is no python",
        "def f(x):\n    return RATE * helper(x)\n\ndef helper(x):\n    return np.exp(x)\nf(3)",
    ]
    source = "\n".join(text for _, text in defined(cells))
    assert "fit" not in source and "f(3)" not in source and "return 1" not in source
    names = {}
    exec(source, names)
    assert names["f"](0) == 0.1


def test_a_function_whose_cell_was_not_run_yet_is_no_mistake(clean):
    source = Source(notebook_of([(3, "def weighted_sum(x, w, b):\n    return x @ w + b")]), TYPED)
    marks = grade_file("01_forward_pass", source, 3, clean)
    assert [mark.outcome for mark in marks] == [Outcome.PASSED, *[Outcome.NOT_ATTEMPTED] * 5]


def test_a_misspelt_method_of_an_exercise_is_told_without_a_traceback():
    with pytest.raises(UsageError, match=r"exercise\.hint\(\)") as raised:
        Exercise("01").hints()
    assert raised.value._render_traceback_() == [str(raised.value)]
