"""A class: each student's files through the wall, one row per check out."""

import contextlib
import csv
import dataclasses
import io
import os
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

from course import material
from course.check import NOT_ATTEMPTED, Outcome, judge, load_checks
from course.rebuild import CleanRoom
from course.sandbox import Limits, Room, Warm
from course.submission import NoSubmission, sources, students


@dataclasses.dataclass(frozen=True)
class Result:
    """One student's outcomes in one exercise."""

    student: str
    exercise: str
    outcomes: list[Outcome]

    @property
    def points(self) -> float:
        return sum(outcome.points for outcome in self.outcomes)

    @property
    def of(self) -> float:
        return sum(outcome.check.points for outcome in self.outcomes)


def student_seed(run: int, student: str) -> int:
    """The seed of one student's inputs in one run: others cannot hand them on."""
    return zlib.crc32(f"{run}:{student}".encode("utf-8", "surrogatepass"))


def grade_file(stem: str, source: bytes | NoSubmission, seed: int, clean: CleanRoom, limits: Limits | None = None) -> list[Outcome]:
    """The outcomes of all checks of an exercise, for one file's source or for the reason why there is none."""
    checks = load_checks(material.checks_of(stem), seed)
    if isinstance(source, NoSubmission):
        return [Outcome(one, NOT_ATTEMPTED, str(source)) for one in checks]
    with Room(source, f"{stem}.py", seed, limits, clean.warm) as room:
        return [judge(one, room, clean) for one in checks]


def grade_class(where: Path, run_seed: int, done: Callable[[Result], None] = lambda _: None, limits: Limits | None = None) -> list[Result]:
    """Grade every student found in `where`; `done` hears of each result as it comes."""
    stems, results = material.exercise_stems(), []
    with Warm() as warm, contextlib.closing(CleanRoom(warm)) as clean:
        for student, hand_in in students(where, stems).items():
            seed = student_seed(run_seed, student)
            for stem, source in sources(hand_in, stems).items():
                result = Result(student, stem, grade_file(stem, source, seed, clean, limits))
                results.append(result)
                done(result)
    return results


def write_csv(path: Path, rows: Iterable[Iterable[object]]) -> None:
    """Write a table whole or not at all; a cell that a spreadsheet would run as a formula gets a quote in front."""
    text = io.StringIO()
    csv.writer(text).writerows([[_cell(cell) for cell in row] for row in rows])
    draft = path.with_name(path.name + ".part")
    draft.write_text(text.getvalue(), "utf-8", errors="backslashreplace", newline="")
    os.replace(draft, path)


def _cell(cell: object) -> str:
    text = f"{cell:g}" if isinstance(cell, float) else str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not isinstance(cell, float | int) else text


def write_gradebook(out: Path, results: list[Result]) -> None:
    """gradebook.csv (a row per student) and checks.csv (a row per check) in the folder `out`."""
    stems = sorted({result.exercise for result in results})
    by_student: dict[str, dict[str, Result]] = {}
    for result in results:
        by_student.setdefault(result.student, {})[result.exercise] = result
    book: list[list[object]] = [["student", *stems, "total", "of"]]
    for student, own in by_student.items():
        total, of = sum(r.points for r in own.values()), sum(r.of for r in own.values())
        book.append([student, *(own[stem].points for stem in stems), total, of])
    rows: list[list[object]] = [["student", "exercise", "check", "outcome", "points", "of", "seconds", "message"]]
    for result in results:
        for o in result.outcomes:
            message = " ".join(part for part in (o.why, o.line, o.error, o.note) if part)
            line = [result.student, result.exercise, o.check.name, o.status]
            rows.append([*line, o.points, o.check.points, round(o.seconds, 2), message])
    out.mkdir(parents=True, exist_ok=True)
    write_csv(out / "gradebook.csv", book)
    write_csv(out / "checks.csv", rows)


def shown(student: str) -> str:
    """A student's name as it may stand on a terminal: file names can hold control characters."""
    return "".join(c if c.isprintable() else "?" for c in student)
