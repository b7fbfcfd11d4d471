"""Where lessons, starters and checks lie (in the wheel or in a clone), and what they are called."""

import ast
import difflib
import os
import re
from pathlib import Path

from course.text import Text, UsageError, translate

HERE = Path(__file__).parent
# A wheel carries them inside the package; in a clone they are at the top.
MATERIAL = HERE / "material" if (HERE / "material").is_dir() else HERE.parent
LESSONS, EXERCISES = MATERIAL / "lessons", MATERIAL / "exercises"
DATA = HERE / "data"


def exercise_stems(folder: Path = EXERCISES) -> list[str]:
    """The exercises in order, as each file of checks names one."""
    return sorted(path.stem.removeprefix("test_") for path in folder.glob("test_[0-9]*.py"))


def lesson_stems() -> list[str]:
    """The lessons in order."""
    return sorted(path.stem for path in LESSONS.glob("[0-9]*.py"))


def checks_of(stem: str) -> Path:
    """The file of checks that grades an exercise: the course's, never the student's."""
    return EXERCISES / f"test_{stem}.py"


def title(path: Path) -> str:
    """A file's title in the language in force: the first paragraph of its docstring, read without running it."""
    doc = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or path.stem
    heading = Text(" ".join(doc.split("\n\n")[0].split()))
    return re.split(r" \(slide|（投影片", translate(heading))[0].rstrip(".。")


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all; two writers of one file do not meet in its draft."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        draft.write_text(text, "utf-8", errors="backslashreplace", newline="")
        draft.replace(path)
    finally:
        # Also where the disk is full, half a file stays nowhere.
        draft.unlink(missing_ok=True)


def resolve(given: str, stems: list[str], command: str = "") -> str:
    """The stem meant by a name, its number or a path to its file. Raises UsageError, which names what is near.

    command: what the stem was given to, so that the error says what to type.
    """
    name = Path(given).name.removeprefix("test_").removesuffix(".py").removesuffix(".ipynb")
    for stem in stems:
        if name in (stem, stem[3:]) or name.zfill(2) == stem[:2]:
            return stem
    lesson = next((stem for stem in lesson_stems() if name.zfill(2) == stem[:2]), None)
    if lesson is not None and lesson not in stems:
        raise UsageError(
            "{stem} is a lesson without an exercise. Type: course lesson {stem}", stem=lesson
        )
    near = difflib.get_close_matches(name, [*stems, *(stem[3:] for stem in stems)], 1, 0.5)
    if guess := next((stem for stem in stems if near and stem.endswith(near[0])), None):
        meant = f"{command} {guess}".strip()
        raise UsageError("there is no {given}. Did you mean: {meant}", given=given, meant=meant)
    raise UsageError(
        "there is no {given}. The names are {names}. For example: {example}",
        given=given,
        names=", ".join(stems),
        example=f"{command} {stems[0]}".strip(),
    )
