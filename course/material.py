"""Where lessons, starters and checks lie (in the wheel or in a clone), and what they are called."""

import ast
import difflib
import json
import os
import re
from pathlib import Path

from course.language import t

HERE = Path(__file__).parent
# A wheel carries them inside the package; in a clone they stand at the top.
MATERIAL = HERE / "material" if (HERE / "material").is_dir() else HERE.parent
LESSONS, EXERCISES = MATERIAL / "lessons", MATERIAL / "exercises"


class Wrong(Exception):
    """Wrong use: one sentence that says what to do instead; exit status 2."""


def exercise_stems(folder: Path = EXERCISES) -> list[str]:
    """The exercises in order: each file of checks is one."""
    return sorted(path.stem.removeprefix("test_") for path in folder.glob("test_[0-9]*.py"))


def lesson_stems() -> list[str]:
    """The lessons in order."""
    return sorted(path.stem for path in LESSONS.glob("[0-9]*.py"))


def checks_of(stem: str) -> Path:
    """The file of checks that grades an exercise: the course's own, never the student's."""
    return EXERCISES / f"test_{stem}.py"


def title(path: Path) -> str:
    """A file's title in the language in force: the first line of its docstring, read without running it."""
    doc = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or path.stem
    return re.split(r" \(slide|（投影片", t(doc.splitlines()[0]))[0].rstrip(".。")


def count_checks(stem: str, folder: Path = EXERCISES) -> int:
    """How many checks an exercise has, without running its file."""
    return (folder / f"test_{stem}.py").read_text("utf-8").count("\n@check(")


def progress(path: Path) -> dict[str, dict[str, bool]]:
    """Exercise → check → whether it passed the last time, from progress.json; nothing where there is none."""
    try:
        known = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {stem: passed for stem, passed in known.items() if isinstance(passed, dict)} if isinstance(known, dict) else {}


def standing(stem: str, known: dict[str, dict[str, bool]], folder: Path = EXERCISES) -> tuple[int, int]:
    """How many checks of an exercise passed the last time, by what `progress` gave, and how many there are."""
    return sum(map(bool, known.get(stem, {}).values())), count_checks(stem, folder)


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all; two that write the same one do not meet in its draft."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    draft.write_text(text, "utf-8", errors="backslashreplace", newline="")
    os.replace(draft, path)


def resolve(given: str, known: list[str]) -> str:
    """The stem meant by a name, its number or a path to its file. Raises Wrong, which names what is near."""
    name = Path(given).name.removeprefix("test_").removesuffix(".py").removesuffix(".ipynb")
    for stem in known:
        if name in (stem, stem[3:]) or name.zfill(2) == stem[:2]:
            return stem
    near = difflib.get_close_matches(name, [*known, *(stem[3:] for stem in known)], 1, 0.5)
    guess = next((stem for stem in known if near and stem.endswith(near[0])), None)
    raise Wrong(f"Unknown name: {given}. Did you mean {guess}?" if guess else f"Unknown name: {given}. Known: {', '.join(known)}")
