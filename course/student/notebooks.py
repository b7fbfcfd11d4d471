"""Lessons and starters as notebooks: the same text and code, cell by cell; they are built, and never kept beside their sources."""

import ast
import contextlib
import os
from pathlib import Path

from course import paths
from course.script import parted, pieces, translated, unwrap
from course.student.folder import Marker
from course.text import tr

# The first cell of a lesson, and of an exercise, and its last one.
COLAB = """
# %%
# {colab} %pip install {install}
"""
BEGIN = (
    COLAB
    + """from course.student.exercise import Exercise

exercise = Exercise("{stem}")

import keras
import numpy as np
"""
)
END = """
# %%
exercise.check()
# {also} exercise.hint(), exercise.solution()
"""


def install() -> str:
    """What a notebook installs the course from: COURSE_REPOSITORY, as OWNER/NAME on GitHub, or the package's name."""
    repository = os.environ.get("COURSE_REPOSITORY")
    return f"git+https://github.com/{repository}" if repository else "keras-course"


def write(target: Path) -> list[Path]:
    """Write target/lessons/*.ipynb and target/exercises/*.ipynb; a notebook that is there stays as it is. Wants jupytext."""
    import jupytext

    sources = {"lessons": paths.lesson_stems(), "exercises": paths.exercise_stems()}
    written = []
    for kind, stems in sources.items():
        (target / kind).mkdir(parents=True, exist_ok=True)
        for stem in stems:
            path = target / kind / f"{stem}.ipynb"
            if not path.exists():
                text = translated((paths.MATERIAL / kind / f"{stem}.py").read_text("utf-8"))
                text = percent(text)
                colab = tr("In Colab, first run a cell of its own with this line:")
                begin = COLAB if kind == "lessons" else BEGIN
                begin = begin.format(stem=stem, install=install(), colab=colab)
                text = text.replace("\n# %%\n", f"{begin}\n# %%\n", 1)
                if kind == "exercises":
                    # What it says to type is for files.
                    text = text.replace(f" `course check {stem}`", tr(" the last cell"))
                    text += END.format(also=tr("Also:"))
                notebook = jupytext.reads(text, fmt="py:percent")
                notebook.metadata["kernelspec"] = {
                    "name": "python3",
                    "display_name": "Python 3",
                    "language": "python",
                }
                jupytext.write(notebook, path)
                written.append(path)
    marker = Marker(Path())
    if marker.path.exists():
        # `course check` and `course watch` look there too.
        for path in written:
            with contextlib.suppress(ValueError):
                place = path.resolve().relative_to(Path.cwd()).as_posix()
                marker.written[place] = "notebook"
        marker.save()
    return written


def percent(text: str) -> str:
    """A script with its text in cells of their own: the docstring, and the comment that a cell begins with.

    A starter has no cells; each of its functions becomes one.
    """
    title, *paragraphs = (ast.get_docstring(ast.parse(text)) or "").split("\n\n")
    heading = " ".join(title.split())
    parts = [_markdown(unwrap("\n\n".join([f"# {heading}", *paragraphs])))]
    for comment, code in pieces(text):
        if comment:
            words, answer = parted(comment)
            if answer:
                show = tr("Show the answer")
                answer = f"<details><summary>{show}</summary>\n\n{answer}\n\n</details>"
            parts.append(_markdown(words + answer))
        if code.strip():
            parts.append(f"# %%\n{code.strip()}\n")
    return "\n".join(parts)


def _markdown(text: str) -> str:
    lines = "\n".join(f"# {line}".rstrip() for line in text.splitlines())
    return f"# %% [markdown]\n{lines}\n"
