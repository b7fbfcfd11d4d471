"""The folder that a student works in: made by `course start`, its way shown by `course list`."""

import shlex
from pathlib import Path

from course import __version__, paths, progress
from course.script import translated
from course.text import UsageError, current_language, say, tr

SETTINGS = """[pytest]
# Written by `course start`; your progress is in progress.json.
testpaths = exercises
addopts = --tb=short
"""
EXERCISES = Path("exercises")


def _is_clone(folder: Path) -> bool:
    """Whether a folder is the course's, where authors work."""
    return (folder / "pyproject.toml").exists() and (folder / "course" / "cli.py").exists()


def way_there() -> str | None:
    """What to type where this is not a folder to work in: the way to one that is near, or how to make one."""
    cwd = Path.cwd()
    at_work = (cwd / ".course").exists() or paths.exercise_stems(cwd / "exercises")
    if at_work and not _is_clone(cwd):
        return None
    if (cwd.parent / ".course").exists():
        return "cd .."
    below = next((path.parent.name for path in sorted(cwd.glob("*/.course"))), None)
    return f"cd {shlex.quote(below)}" if below else "course start my-course"


def require_here() -> None:
    """UsageError where this is no folder to work in, with the way to one."""
    if way := way_there():
        raise UsageError("this is not the folder with your exercises. Type: {way}", way=way)
    if not paths.exercise_stems(EXERCISES):
        raise UsageError(
            "the checks are missing from exercises/: course start . puts them back and does not change your files."
        )


def start(target: Path, solutions: bool) -> None:
    """Copy lessons, starters and checks; what is there already stays as it is."""
    folders = {"lessons": paths.LESSONS, "exercises": paths.EXERCISES}
    if solutions:
        folders["solutions"] = paths.HERE.parent / "tests" / "solutions"
        if not folders["solutions"].is_dir():
            raise UsageError("only a clone of the course has the solutions: leave out --solutions.")
    if _is_clone(target):
        raise UsageError(
            "this is the folder of the course itself: name another one, for example `course start my-course`."
        )
    new = kept = 0
    for kind, folder in folders.items():
        (target / kind).mkdir(parents=True, exist_ok=True)
        for source in sorted(folder.glob("*.py")):
            copy = target / kind / source.name
            if copy.exists():
                kept += 1
            else:
                copy.write_text(translated(source.read_text("utf-8")), "utf-8")
                new += 1
    marker = f"{__version__}\n{current_language()}\n"
    for file_name, text in (("pytest.ini", SETTINGS), (".course", marker)):
        if not (target / file_name).exists():
            (target / file_name).write_text(text, "utf-8")
    name = target.resolve().name
    if kept:
        say("{name}: {new} new files, {kept} kept as they were", name=name, new=new, kept=kept)
    else:
        say("{name}: {new} new files", name=name, new=new)
    if target.resolve() == Path.cwd():
        say("Next: course list")
    else:
        say("Next: cd {target} && course list", target=target)


def show_map() -> None:
    """One line per stem: its title, and how many checks passed the last time; then what to do next."""
    from rich.console import Console
    from rich.table import Column, Table

    rows = Table.grid("", "", Column(overflow="fold"), padding=(0, 2))
    lessons, exercises = paths.lesson_stems(), paths.exercise_stems()
    passed, upcoming = progress.read(), None
    for stem in sorted({*lessons, *exercises}):
        folder = paths.LESSONS if stem in lessons else paths.EXERCISES
        standing = tr("lesson only")
        if stem in exercises:
            good, count = progress.standing(stem, passed)
            state = progress.state(stem, passed)
            standing = tr(state)
            if state == "begun":
                standing = tr("{good} of {count} checks", good=good, count=count)
            if state != "done":
                upcoming = upcoming or stem
        rows.add_row(stem, standing, paths.title(folder / f"{stem}.py"))
    console = Console(highlight=False)
    console.print(rows, width=None if console.is_terminal else 120)
    if way := way_there():
        say("Next: {way}", way=way)
    elif upcoming is None:
        say("All done. Next: course lesson {lesson}", lesson=lessons[0])
    elif upcoming in lessons and upcoming not in passed:
        say(
            "Next: course lesson {stem}, then edit exercises/{stem}.py and course check {stem}",
            stem=upcoming,
        )
    else:
        say("Next: edit exercises/{stem}.py, then course check {stem}", stem=upcoming)
