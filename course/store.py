"""Every attempt of a class, in one SQLite file: written as it comes, a transaction each, never changed afterwards.

Gradebook, reports and platform files are views of it. A grader that is killed loses only what was running, and two graders may
write to one store.
"""

import contextlib
import dataclasses
import hashlib
import importlib.metadata
import sqlite3
import sys
import time
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from course import __version__, material
from course.check import GRADER_FAILED, OURS
from course.language import t


@dataclasses.dataclass(frozen=True)
class Mark:
    """What one check came to, as plain data."""

    check: str
    sentence: str
    outcome: str
    points: float
    of: float
    seconds: float
    why: str = ""
    asked: str = ""
    came: str = ""
    expected: str = ""
    line: str = ""
    error: str = ""
    printed: str = ""
    note: str = ""
    hint: str = ""

    def spoken(self) -> "Mark":
        """The same in the language in force; what the student's own code said stays as it is."""
        texts: dict[str, Any] = {name: t(getattr(self, name)) for name in OURS}
        return dataclasses.replace(self, **texts)

    @property
    def message(self) -> str:
        place = f"{t('line')} {self.line}" if self.line else ""
        return " ".join(part for part in (self.why, place, self.error, self.note) if part)


@dataclasses.dataclass(frozen=True)
class Attempt:
    """One student's file for one exercise, graded once. seconds: wall-clock time; time: seconds since 1970, when it was stored."""

    student: str
    exercise: str
    digest: str
    seed: int
    marks: list[Mark]
    seconds: float = 0.0
    python: str = sys.version.split()[0]
    keras: str = ""
    course: str = ""
    time: float = 0.0

    @property
    def points(self) -> float:
        return sum(mark.points for mark in self.marks)

    @property
    def of(self) -> float:
        return sum(mark.of for mark in self.marks)

    @property
    def broken(self) -> bool:
        """Whether the grader itself failed somewhere: such an attempt is graded again."""
        return any(mark.outcome == GRADER_FAILED for mark in self.marks)


ATTEMPT = "student exercise digest seed seconds python keras course time".split()  # noqa: SIM905
MARK = [field.name for field in dataclasses.fields(Mark)]
TABLES = f"""
CREATE TABLE IF NOT EXISTS run (seed INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS attempts (
    id INTEGER PRIMARY KEY, student TEXT NOT NULL, exercise TEXT NOT NULL, digest TEXT NOT NULL, seed INTEGER NOT NULL,
    seconds REAL NOT NULL, python TEXT NOT NULL, keras TEXT NOT NULL, course TEXT NOT NULL, time REAL NOT NULL, broken INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS checks (
    attempt INTEGER NOT NULL REFERENCES attempts, position INTEGER NOT NULL,
    {", ".join(f'"{name}" {"REAL" if name in ("points", "of", "seconds") else "TEXT"} NOT NULL' for name in MARK)},
    PRIMARY KEY (attempt, position)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_file ON attempts (student, exercise, digest);
"""


class StoreError(Exception):
    """The store cannot be used; the message says what to do."""


class Store:
    """The attempts in OUT/attempts.sqlite."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            # Another grader may be writing: wait for it. FULL: what was stored survives a power cut.
            self.db = sqlite3.connect(path, timeout=60, isolation_level=None)
            self.db.execute("PRAGMA synchronous = FULL")
            self.db.executescript(TABLES)
        except sqlite3.Error as error:
            raise StoreError(f"{path} is no store of attempts ({error}): move it away, or name another folder with --out.") from error

    def seed(self, given: int | None, new: int) -> int:
        """The run's seed: the one given, or that of the last run here, or else a new one; remembered."""
        with self._transaction():
            last = self.db.execute("SELECT seed FROM run ORDER BY rowid DESC LIMIT 1").fetchone()
            chosen = given if given is not None else last[0] if last else new
            if last is None or last[0] != chosen:
                self.db.execute("INSERT INTO run VALUES (?)", (chosen,))
        return int(chosen)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def has(self, student: str, exercise: str, digest: str, seed: int, course: str) -> bool:
        """Whether this very file was graded with this seed and this version of the course."""
        query = "SELECT 1 FROM attempts WHERE (student, exercise, digest, seed, course, broken) = (?, ?, ?, ?, ?, 0) LIMIT 1"
        return self.db.execute(query, (_text(student), exercise, digest, seed, course)).fetchone() is not None

    def add(self, attempt: Attempt) -> None:
        """Store an attempt with its checks, whole or not at all."""
        row = [_text(getattr(attempt, name)) for name in ATTEMPT[:-1]] + [time.time(), int(attempt.broken)]
        with self._transaction():
            columns, marks = ", ".join(ATTEMPT), ", ".join("?" * len(row))
            number = self.db.execute(f"INSERT INTO attempts ({columns}, broken) VALUES ({marks})", row).lastrowid
            places = ", ".join("?" * (2 + len(MARK)))
            rows = [(number, position, *(_text(getattr(m, n)) for n in MARK)) for position, m in enumerate(attempt.marks)]
            self.db.executemany(f"INSERT INTO checks VALUES ({places})", rows)

    def latest(self) -> Iterator[Attempt]:
        """The last attempt of each student in each exercise, by student and exercise, one at a time, in the language in force."""
        query = f"SELECT max(id), {', '.join(ATTEMPT)} FROM attempts GROUP BY student, exercise ORDER BY student, exercise"
        columns = ", ".join(f'"{name}"' for name in MARK)
        for number, *row in self.db.execute(query):
            rows = self.db.execute(f"SELECT {columns} FROM checks WHERE attempt = ? ORDER BY position", (number,))
            yield Attempt(**dict(zip(ATTEMPT, row, strict=True)), marks=[Mark(*mark).spoken() for mark in rows])

    def exercises(self) -> list[str]:
        """The exercises that were graded, in order."""
        return [stem for (stem,) in self.db.execute("SELECT DISTINCT exercise FROM attempts ORDER BY exercise")]

    def close(self) -> None:
        self.db.close()


def _text(value: object) -> object:
    """A value as SQLite takes it: text from file names and student code can hold halves of characters."""
    return value.encode("utf-8", "backslashreplace").decode("utf-8") if isinstance(value, str) else value


def digest(source: bytes | Exception) -> str:
    """The hash of a file, or of the reason why there is none."""
    return hashlib.sha256(source if isinstance(source, bytes) else f"none: {source}".encode("utf-8", "backslashreplace")).hexdigest()


@cache
def version(stem: str) -> str:
    """The course's version with a fingerprint of its code and of this exercise's checks: when they change, marks may."""
    fingerprint = 0
    for path in [*sorted(material.HERE.glob("*.py")), material.checks_of(stem)]:
        fingerprint = zlib.crc32(path.read_bytes(), fingerprint)
    return f"{__version__}+{fingerprint:08x}"


@cache
def keras_version() -> str:
    """The installed Keras, without importing it."""
    return importlib.metadata.version("keras")
