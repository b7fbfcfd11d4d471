"""`course submit`: one zip of what the grader reads, with the student's name, after a look at what is in it."""

import contextlib
import os
import shutil
import sys
import zipfile
from pathlib import Path

from rich.console import Console

from course import seed as seeds
from course.checks.mark import Mark, Outcome
from course.classroom.files import Source, SubmissionError
from course.student import check as checking
from course.student.folder import Marker, source_of
from course.text import UsageError, printable, say, tr
from course.wall.clean import CleanRoom
from course.wall.process import WarmServer


def run(stems: list[str], exercises: Path, name: str | None, to: Path | None) -> int:
    """Check, pack and, with `to`, copy: whole or not at all. Exit status 1 where a file does not run."""
    if to is not None and not to.is_dir():
        raise UsageError("{folder} is not a folder.", folder=to)
    student = _student(name)
    files = _files(stems, exercises)
    if not files:
        raise UsageError("there is nothing to hand in: exercises/ holds no file of an exercise.")
    broken, empty = _look(list(files), exercises)
    for stem in stems:
        if stem not in files:
            say("{stem}: there is no file, so it earns nothing", stem=stem)
    if empty:
        say("Not begun, so they earn nothing: {stems}", stems=", ".join(empty))
    packed = Path(f"{student}.zip")
    _pack(packed, files)
    say("{path}: {count} exercises, packed for {name}", path=packed, count=len(files), name=student)
    if to is not None:
        there = to / packed.name
        draft = to / f".{packed.name}.{os.getpid()}.part"
        try:
            shutil.copyfile(packed, draft)
            draft.replace(there)
        finally:
            draft.unlink(missing_ok=True)
        say("It is copied to {path}", path=there)
    if broken:
        say("Next: fix the files that do not run, then course submit again")
    elif to is None:
        say(
            "Next: hand in {path}, this one file, where your teacher asks for it",
            path=packed.resolve(),
        )
    else:
        say("Next: course list")
    return int(broken)


def _student(given: str | None) -> str:
    """The name to hand in under: given, kept from the last time, or asked for."""
    marker = Marker(Path())
    name = marker.name if given is None else given
    if given is None and not name and sys.stdin.isatty():
        name = input(tr("Your name or student number, as your teacher knows it: "))
    name = " ".join(printable(name, newlines=False).split())
    if not name:
        raise UsageError('say who hands in: course submit --name "your name or student number"')
    if set(name) & set('/\\:*?"<>|') or name.startswith(".") or len(name) > 80:
        raise UsageError(
            "{name} cannot be the name of a file: leave out signs such as / and :", name=name
        )
    if marker.path.exists():
        marker.name = name
        # Where it cannot be kept, it is asked for again the next time.
        with contextlib.suppress(OSError):
            marker.save()
    return name


def _files(stems: list[str], exercises: Path) -> dict[str, Source]:
    """The student's file of each exercise that they have one of."""
    found = {}
    for stem in stems:
        with contextlib.suppress(SubmissionError):
            found[stem] = source_of(stem, exercises)
    return found


def _look(stems: list[str], exercises: Path) -> tuple[bool, list[str]]:
    """Print what each exercise earns now; whether one of the files does not run at all, and which are not begun."""
    console, broken, empty = Console(highlight=False, soft_wrap=True), False, []
    with WarmServer(spare=True) as warm, contextlib.closing(CleanRoom(warm)) as clean:
        for stem in stems:
            marks, source = checking.marks_of(stem, exercises, exercises, seeds.new(), clean)
            checking.show_line(console, stem, marks, source)
            if all(mark.outcome == Outcome.NOT_ATTEMPTED for mark in marks):
                empty.append(stem)
            if why := _fault(marks):
                broken = True
                say("  This file does not run, so all of it earns nothing: {why}", why=why)
    return broken, empty


def _fault(marks: list[Mark]) -> str:
    """Why a file does not run, where none of its checks got an answer."""
    first, *others = marks
    lost = first.outcome == Outcome.FAILED and first.line and others
    if lost and all(mark.outcome == Outcome.NOT_REACHED for mark in others):
        return first.message
    return ""


def _pack(path: Path, files: dict[str, Source]) -> None:
    """A zip with the files in exercises/ and the student's modules beside them, written whole or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as packed:
            members = {f"exercises/{stem}{file.kind}": bytes(file) for stem, file in files.items()}
            for file in files.values():
                members |= {f"exercises/{name}": data for name, data in file.beside.items()}
            for name, data in members.items():
                packed.writestr(name, data)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
