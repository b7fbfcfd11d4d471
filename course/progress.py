"""What a student has passed: progress.json in the folder that `course start` made."""

import json
from collections.abc import Iterable
from pathlib import Path

from course import paths
from course.text import Text

Progress = dict[str, dict[str, bool | None]]
# Under this name stand the lessons that were read.
READ = "lessons"
FILE = Path("progress.json")


def read(path: Path = FILE) -> Progress:
    """Exercise → check → whether it passed the last time, None where it was not written; nothing where there is no such file."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {stem: passed for stem, passed in data.items() if isinstance(passed, dict)}


def remember(path: Path, stem: str, results: Iterable[tuple[str, bool | None]]) -> str:
    """Note which checks passed; a run of some checks leaves the others as they were.

    Returns why they could not be kept, or nothing: a verdict is told even where it cannot be stored.
    """
    progress = read(path)
    progress.setdefault(stem, {}).update(results)
    try:
        paths.write_text(path, json.dumps(progress, indent=2))
    except OSError as error:
        return Text("Your progress could not be kept: {why}", why=error.strerror or error)
    return ""


def standing(stem: str, progress: Progress, folder: Path = paths.EXERCISES) -> tuple[int, int]:
    """How many checks of an exercise passed the last time, and how many there are, without running its file."""
    count = (folder / f"test_{stem}.py").read_text("utf-8").count("\n@check(")
    return sum(map(bool, progress.get(stem, {}).values())), count


def state(stem: str, progress: Progress, folder: Path = paths.EXERCISES) -> str:
    """done, begun or not begun."""
    good, count = standing(stem, progress, folder)
    begun = any(passed is not None for passed in progress.get(stem, {}).values())
    return "done" if good >= count else "begun" if begun else "not begun"


def is_read(stem: str, progress: Progress) -> bool:
    """Whether this lesson was read to its end."""
    return bool(progress.get(READ, {}).get(stem))
