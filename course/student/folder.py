"""The folder that a student works in: made by `course start`, its way shown by `course list`."""

import contextlib
import hashlib
import json
import shlex
from pathlib import Path

from course import __version__, paths, progress
from course.classroom import files
from course.script import translated
from course.text import Text, UsageError, current_language, say, tr

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
    for steps, above in enumerate(cwd.parents, 1):
        if steps <= 3 and (above / ".course").exists():
            return f"cd {'/'.join(['..'] * steps)}"
    near = [*sorted(cwd.glob("*/.course")), *sorted(cwd.glob("*/*/.course"))]
    below = [shlex.quote(path.parent.relative_to(cwd).as_posix()) for path in near[:3]]
    if len(below) > 1:
        return " / ".join(f"cd {name}" for name in below)
    return f"cd {below[0]}" if below else "course start my-course"


def require_here() -> None:
    """UsageError where this is no folder to work in, with the way to one."""
    if way := way_there():
        raise UsageError("this is not the folder with your exercises. Type: {way}", way=way)
    if not paths.exercise_stems(EXERCISES):
        raise UsageError(
            "the checks are missing from exercises/: course start . puts them back and does not change your files."
        )


def _material(solutions: bool = False) -> dict[str, str]:
    """Lessons, starters and checks by their place in a folder, in the language in force."""
    folders = {"lessons": paths.LESSONS, "exercises": paths.EXERCISES}
    if solutions:
        folders["solutions"] = paths.HERE.parent / "tests" / "solutions"
    return {
        f"{kind}/{source.name}": translated(source.read_text("utf-8"))
        for kind, folder in folders.items()
        for source in sorted(folder.glob("*.py"))
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Marker:
    """The file .course of a folder: version, language, the student's name, and of each file that the course wrote its hash."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / ".course"
        lines = self.path.read_text("utf-8").splitlines() if self.path.exists() else []
        self.language = lines[1] if len(lines) > 1 else current_language()
        self.name = lines[2] if len(lines) > 2 else ""
        pairs = (line.partition("  ")[::2] for line in lines[3:])
        self.written = {name: digest for digest, name in pairs}

    def save(self) -> None:
        files = [f"{digest}  {name}" for name, digest in sorted(self.written.items())]
        paths.write_text(self.path, "\n".join([__version__, self.language, self.name, *files, ""]))


def start(target: Path, solutions: bool) -> None:
    """Copy lessons, starters and checks; what is there already stays as it is."""
    if solutions and not (paths.HERE.parent / "tests" / "solutions").is_dir():
        raise UsageError("only a clone of the course has the solutions: leave out --solutions.")
    if _is_clone(target):
        raise UsageError(
            "this is the folder of the course itself: name another one, for example `course start my-course`."
        )
    outer = next(
        (above for above in target.resolve().parents if (above / ".course").exists()), None
    )
    if outer is not None:
        raise UsageError(
            "{folder} is a folder to work in already: start the new one outside of it.",
            folder=outer,
        )
    marker, new, kept = Marker(target), 0, 0
    for name, text in _material(solutions).items():
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if copy.exists():
            kept += 1
        else:
            paths.write_text(copy, text)
            marker.written[name] = _digest(text)
            new += 1
    for file_name, text in _settings().items():
        copy = target / file_name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not copy.exists():
            copy.write_text(text, "utf-8")
    marker.save()
    name = target.resolve().name
    if kept:
        say("{name}: {new} new files, {kept} kept as they were", name=name, new=new, kept=kept)
    else:
        say("{name}: {new} new files", name=name, new=new)
    if target.resolve() == Path.cwd():
        say("Next: course list")
    else:
        say("Next: cd {target} && course list", target=target)


def _settings() -> dict[str, str]:
    """Files that make a folder easy to work in: for people, for git and for editors."""
    about = tr(
        "Your folder for the course. `course next` continues where you left off, `course watch` checks what you save, and `course submit` packs what you hand in."
    )
    editor = {"python.testing.pytestEnabled": True, "python.testing.pytestArgs": ["exercises"]}
    return {
        "pytest.ini": SETTINGS,
        "README.md": f"# {tr('Deep learning with Keras 3')}\n\n{about}\n",
        ".gitignore": ".venv/\n__pycache__/\n.pytest_cache/\nplots/\nnotebooks/\ntry_*.*\n*.zip\n",
        ".vscode/settings.json": json.dumps(editor, indent=4) + "\n",
    }


def update() -> None:
    """Renew what the student has not touched since the course wrote it; what they touched stays, and is named."""
    require_here()
    marker, new, touched = Marker(Path()), 0, []
    for name, text in _material(Path("solutions").is_dir()).items():
        path, known = Path(name), marker.written.get(name)
        there = path.read_text("utf-8", errors="replace") if path.exists() else None
        if there == text:
            marker.written[name] = _digest(text)
        elif there is None or _digest(there) == known:
            path.parent.mkdir(exist_ok=True)
            paths.write_text(path, text)
            marker.written[name] = _digest(text)
            new += 1
        else:
            touched.append(name)
    marker.save()
    say("{count} files renewed for version {version}", count=new, version=__version__)
    for name in touched:
        say("kept as you have it: {name}", name=name)
    say("Next: course list")


def source_of(stem: str, exercises: Path) -> files.Source:
    """The student's file of an exercise: the newest of those that they have changed, of .py and notebooks; a note says which.

    Raises SubmissionError where there is none.
    """

    def only() -> files.Source:
        source = files.source_of(files.folder(exercises), stem)
        source.path = (exercises / source.path).as_posix()
        return source

    if exercises != EXERCISES:
        return only()
    places = [EXERCISES / f"{stem}.py", EXERCISES / f"{stem}.ipynb", *notebooks(stem)]
    there = [path for path in dict.fromkeys(places) if path.is_file()]
    if not there:
        return only()
    data = {path: files.file_bytes(path, files.NOTEBOOK_BYTES + 1) for path in there}
    own = [path for path in there if not files.is_ours(path.name, data[path])] or there[:1]
    first = max(own, key=lambda path: path.stat().st_mtime)
    notes = []
    if first.suffix != ".py":
        notes.append(Text("{path} was checked", path=first.as_posix()))
    if len(own) > 1:
        words = {"path": first.as_posix(), "other": own[0 if own[0] != first else 1].as_posix()}
        notes = [Text("{path} was checked: it is newer than {other}", **words)]
    source = files.read(files.folder(first.parent), first.name, notes)
    source.path = first.as_posix()
    return source


def solution_of(stem: str) -> Path | None:
    """The author's solution, where this folder or the clone that the course runs from holds it."""
    places = Path("solutions"), paths.HERE.parent / "tests" / "solutions"
    return next(
        (place / f"{stem}.py" for place in places if (place / f"{stem}.py").is_file()), None
    )


def notebooks(stem: str) -> list[Path]:
    """Where `course notebooks` wrote this exercise's."""
    known = (name for name in Marker(Path()).written if name.endswith(f"exercises/{stem}.ipynb"))
    return [Path("notebooks/exercises") / f"{stem}.ipynb", *map(Path, known)]


def upcoming() -> str | None:
    """The first exercise that is not done, or None."""
    passed = progress.read()
    stems = paths.exercise_stems()
    return next((stem for stem in stems if progress.state(stem, passed) != "done"), None)


def show_map() -> None:
    """One line per stem: its title, and how many checks passed the last time; then what to do next."""
    from rich.console import Console
    from rich.table import Column, Table

    rows = Table.grid("", "", Column(overflow="fold"), padding=(0, 2))
    lessons, exercises = paths.lesson_stems(), paths.exercise_stems()
    passed, left = progress.read(), upcoming()
    for stem in sorted({*lessons, *exercises}):
        folder = paths.LESSONS if stem in lessons else paths.EXERCISES
        standing = tr("lesson only")
        if stem in exercises:
            good, count = progress.standing(stem, passed)
            state = progress.state(stem, passed)
            standing = tr(state)
            if state == "begun":
                standing = tr("{good} of {count} checks", good=good, count=count)
        rows.add_row(stem, standing, paths.title(folder / f"{stem}.py"))
    console = Console(highlight=False)
    console.print(rows, width=None if console.is_terminal else 120)
    if way := way_there():
        say("Next: {way}", way=way)
    elif left is None:
        say("All done. Next: course lesson {lesson}", lesson=lessons[0])
    elif left in lessons and not progress.is_read(left, passed):
        say("Next: course lesson {stem}", stem=left)
    else:
        say("Next: course watch {stem}, and edit {path}", path=_path_of(left), stem=left)


def _path_of(stem: str) -> str:
    """The file of an exercise to write in: the one that would be checked."""
    with contextlib.suppress(files.SubmissionError):
        return source_of(stem, EXERCISES).path
    return (EXERCISES / f"{stem}.py").as_posix()
