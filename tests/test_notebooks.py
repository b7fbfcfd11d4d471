"""Notebooks: every lesson runs from top to bottom in a real kernel, and a filled-in starter is graded like a file."""

import json

import nbclient
import nbformat
import pytest

from course.classroom.submissions import python_of
from course.paths import MATERIAL, exercise_stems, lesson_stems
from course.student import notebooks


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    target = tmp_path_factory.mktemp("notebooks")
    assert len(notebooks.write(target)) == len(lesson_stems()) + len(exercise_stems())
    assert notebooks.write(target) == []
    return target


# One lesson runs always; the others are slow.
LESSONS = [
    stem if not place else pytest.param(stem, marks=pytest.mark.slow)
    for place, stem in enumerate(lesson_stems())
]


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
    source = python_of(f"{stem}.ipynb", data).decode()
    assert [line for line in source.splitlines() if line.startswith("def ")] == names
    assert len([c for c in json.loads(data)["cells"] if c["cell_type"] == "code"]) >= len(names)
    compile(source, stem, "exec")
