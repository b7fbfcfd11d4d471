"""What a student gets back: their own code with the failing lines marked, what the checks said, and the first hint."""

import re
import zipfile
from pathlib import Path
from typing import Any

from course import paths
from course.classroom.book import Book
from course.classroom.files import SOURCE_BYTES, Source
from course.classroom.platforms import summary
from course.classroom.report import PAGES
from course.classroom.store import Attempt, Store
from course.text import Text, printable, translate
from course.wall.source import pieces

SHOWN_LINES = 2_000


def write(out: Path, book: Book, store: Store) -> Path:
    """Write out/feedback/NAME/feedback.html and .md for each student, and moodle.zip, which Moodle takes as feedback files.

    Nothing in them leads to the class. Returns out/feedback.
    """
    target, taken = out / "feedback", set[str]()
    target.mkdir(exist_ok=True)
    moodle: dict[str, str] = {}
    for student, attempts in book.students.items():
        name = _file_name(student, taken)
        sections = [_section(attempt, store) for attempt in attempts]
        page = PAGES.get_template("feedback.html").render(student=student, sections=sections)
        (target / name).mkdir(exist_ok=True)
        paths.write_text(target / name / "feedback.html", page)
        paths.write_text(target / name / "feedback.md", summary(attempts))
        if match := re.fullmatch(r"(.*) \((\d+)\)", student):
            # Moodle's importer splits at underscores: name, number, kind of plugin, plugin.
            person = _plain(match[1]).replace("_", " ")
            moodle[f"{person}_{match[2]}_assignfeedback_file/feedback.html"] = page
    if moodle:
        with zipfile.ZipFile(target / "moodle.zip", "w", zipfile.ZIP_DEFLATED) as packed:
            for place, page in moodle.items():
                packed.writestr(place, page)
    return target


def _plain(name: str) -> str:
    """A name as any file system takes it."""
    return re.sub(r'[<>:"/\\|?*]', "", printable(name, False)).strip(". ")[:80] or "student"


def _file_name(student: str, taken: set[str]) -> str:
    name, count = _plain(student), 2
    while name.casefold() in taken:
        name, count = f"{_plain(student)}-{count}", count + 1
    taken.add(name.casefold())
    return name


def _section(attempt: Attempt, store: Store) -> dict[str, Any]:
    """One exercise: what failed, and the code with the lines that the checks named."""
    failed = attempt.missed
    marked = {_place(mark.line): mark.why for mark in failed if isinstance(mark.line, Text)}
    source = store.source(attempt.digest)
    code = _code(source, marked) if source else []
    # Of a hint in steps, the first.
    hint = "".join(translate(failed[0].hint).splitlines()[:1]) if failed else ""
    return {"attempt": attempt, "failed": failed, "hint": hint, "code": code}


def _place(line: Text) -> tuple[int | None, int]:
    """The cell and the number of a line, as the judge gives it."""
    cell = line.values.get("cell")
    return int(cell.values["cell"]) if isinstance(cell, Text) else None, int(line.values["line"])


def _code(source: Source, marked: dict[tuple[int | None, int], str]) -> list[dict[str, Any]]:
    """Each line with its number, its cell where that begins, and what was said of it."""
    if len(source) > SOURCE_BYTES:
        return []
    try:
        listed = pieces(f"file{source.kind}", bytes(source))
    except SyntaxError:
        return []
    rows = []
    for piece in listed:
        for number, text in enumerate(piece.text.splitlines(), 1):
            cell = piece.cell if number == 1 else None
            said = marked.get((piece.cell, number), "")
            rows.append({"number": number, "cell": cell, "text": printable(text), "said": said})
    return rows[:SHOWN_LINES]
