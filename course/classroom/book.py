"""The gradebook: the last attempts of a class, read by one query, as records and as a pandas table."""

import csv
import gc
import io
from collections.abc import Callable, Iterable
from functools import cache, cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course import paths
from course.checks.mark import FIELDS, TEXTS, Mark, Outcome
from course.classroom.store import ATTEMPT, Attempt, Store
from course.text import load, translate

if TYPE_CHECKING:
    import pandas as pd

# A byte order mark, by which spreadsheets on Windows know UTF-8: for files that people open.
MARK = "\ufeff"
# What the tables of a class are made of; everything else is read by students, check by check.
COLUMNS = ("check", "sentence", "outcome", "points", "of", "seconds", "why")
LATEST = f"""
SELECT latest.id, {", ".join(f"latest.{name}" for name in ATTEMPT)},
       {", ".join(f'marks."{name}"' for name in FIELDS)}
FROM latest JOIN marks ON marks.attempt = latest.id
ORDER BY latest.student, latest.exercise, marks.position
"""


class Book:
    """The last attempt of each student in each exercise, with its messages in the language in force."""

    def __init__(self, store: Store) -> None:
        # A hundred thousand records come at once, and none of them is garbage.
        gc.disable()
        try:
            self.attempts = list(_attempts(store.db.execute(LATEST)))
            gc.freeze()
        finally:
            gc.enable()

    @cached_property
    def exercises(self) -> list[str]:
        """The exercises that were graded, in order."""
        return sorted({attempt.exercise for attempt in self.attempts})

    @cached_property
    def students(self) -> dict[str, list[Attempt]]:
        """Each student's attempts, by name."""
        pairs = groupby(self.attempts, key=lambda attempt: attempt.student)
        return {student: list(attempts) for student, attempts in pairs}

    @cached_property
    def marks(self) -> "pd.DataFrame":
        """One row per check of each attempt: student, exercise, and COLUMNS."""
        import pandas as pd

        rows = [
            (attempt.student, attempt.exercise, *(getattr(mark, name) for name in COLUMNS))
            for attempt in self.attempts
            for mark in attempt.marks
        ]
        return pd.DataFrame(rows, columns=["student", "exercise", *COLUMNS])

    @cached_property
    def _totals(self) -> "pd.DataFrame":
        import pandas as pd

        rows = [(a.student, a.exercise, a.points, a.of) for a in self.attempts]
        return pd.DataFrame(rows, columns=["student", "exercise", "points", "of"])

    @cached_property
    def points(self) -> "pd.DataFrame":
        """One row per student, one column per exercise: points, NaN where nothing was graded."""
        return self._totals.pivot(index="student", columns="exercise", values="points")

    @cached_property
    def of(self) -> "pd.DataFrame":
        """The points that could be earned, in the shape of `points`."""
        return self._totals.pivot(index="student", columns="exercise", values="of")


def _attempts(rows: Iterable[tuple[Any, ...]]) -> Iterable[Attempt]:
    worded: dict[str, str] = {}

    def text(data: str) -> str:
        # The same few hundred messages come a hundred thousand times.
        if data not in worded:
            worded[data] = translate(load(data))
        return worded[data]

    first = 1 + len(ATTEMPT)
    readers: dict[str, Callable[[Any], Any]] = {"outcome": Outcome} | dict.fromkeys(TEXTS, text)
    # A line's number and cell are still wanted by themselves.
    readers["line"] = cache(load)
    columns = [(at, readers[name]) for at, name in enumerate(FIELDS) if name in readers]

    def mark(row: tuple[Any, ...]) -> Mark:
        values = list(row[first:])
        for at, read in columns:
            values[at] = read(values[at])
        return Mark(*values)

    for _, group in groupby(rows, key=itemgetter(0)):
        listed = list(group)
        marks = [mark(row) for row in listed]
        values = dict(zip(ATTEMPT, listed[0][1:first], strict=True))
        yield Attempt(**values, marks=marks)


def write(out: Path, book: Book) -> None:
    """gradebook.csv (a row per student) and checks.csv (a row per check) in the folder `out`."""
    points, of = book.points, book.of
    head: list[object] = ["student", *points.columns, "total", "of"]
    totals = zip(points.sum(axis=1), of.sum(axis=1), strict=True)
    rows = [
        [student, *("" if value != value else value for value in row), *total]
        for (student, *row), total in zip(points.itertuples(), totals, strict=True)
    ]
    write_csv(out / "gradebook.csv", [head, *rows])
    checks: list[list[object]] = [
        ["student", "exercise", "check", "outcome", "points", "of", "seconds", "message"]
    ]
    for attempt in book.attempts:
        for m in attempt.marks:
            numbers = f"{m.points:g}", f"{m.of:g}", round(m.seconds, 2)
            names = cell(attempt.student), attempt.exercise, m.check, m.outcome
            checks.append([*names, *numbers, cell(m.message)])
    paths.write_text(out / "checks.csv", MARK + csv_text(checks))


def write_csv(path: Path, rows: Iterable[Iterable[object]]) -> None:
    """Write a table whole or not at all; a cell that a spreadsheet would run as a formula gets a quote in front."""
    paths.write_text(path, MARK + csv_text([[cell(value) for value in row] for row in rows]))


def csv_text(rows: Iterable[Iterable[object]], delimiter: str = ",") -> str:
    """Rows as CSV, quoted as a spreadsheet reads it."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def cell(value: object) -> str:
    """A table's cell: numbers short, and a quote in front of what a spreadsheet would run as a formula."""
    if isinstance(value, float | int):
        return f"{value:g}" if isinstance(value, float) else str(value)
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
