"""Every attempt of a class, in one SQLite file: written as it comes, a transaction each, never changed afterwards.

Gradebook, reports and platform files are queries on it. A grader that is killed loses only what was
running, and two graders may write to one store.
"""

import contextlib
import dataclasses
import functools
import hashlib
import importlib.metadata
import sqlite3
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from course import __version__, paths
from course.checks.mark import FIELDS, Mark, Outcome, to_plain
from course.classroom.files import Source, SubmissionError
from course.text import CourseError
from course.wall.message import well_formed


@dataclasses.dataclass(frozen=True)
class Attempt:
    """One student's file for one exercise, graded once; `seconds` is wall-clock time."""

    student: str
    exercise: str
    digest: str
    seed: int
    marks: list[Mark]
    seconds: float = 0.0
    python: str = sys.version.split()[0]
    keras: str = ""
    course: str = ""
    # Seconds since 1970, when it was stored.
    time: float = 0.0

    @property
    def points(self) -> float:
        return sum(mark.points for mark in self.marks)

    @property
    def of(self) -> float:
        return sum(mark.of for mark in self.marks)

    @property
    def failed(self) -> bool:
        """Whether the grader itself failed somewhere: such an attempt is graded again."""
        return any(mark.outcome == Outcome.GRADER_FAILED for mark in self.marks)

    @property
    def missed(self) -> list[Mark]:
        """The marks of the checks that are missed.

        What was noted of the file stands in the first alone; a reason that holds for the whole file stands once, in the
        place of a check's sentence.
        """
        marks = [mark for mark in self.marks if not mark.passed]
        reasons = {(mark.why, mark.error, mark.line) for mark in marks}
        if len(marks) > 1 and len(marks) == len(self.marks) and len(reasons) == 1:
            return [msgspec.structs.replace(marks[0], sentence=marks[0].why, why="", hint="")]
        return marks[:1] + [msgspec.structs.replace(mark, noted="") for mark in marks[1:]]


VERSION = 3
# So many of the last characters that a check's code printed are kept.
PRINTED = 4_000
ATTEMPT = [field.name for field in dataclasses.fields(Attempt) if field.name != "marks"]
REAL = ("points", "of", "seconds")
# `latest` is the last attempt of each student in each exercise.
TABLES = f"""
CREATE TABLE IF NOT EXISTS run (seed TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS attempts (
    id INTEGER PRIMARY KEY, student TEXT NOT NULL, exercise TEXT NOT NULL, digest TEXT NOT NULL,
    seed TEXT NOT NULL, seconds REAL NOT NULL, python TEXT NOT NULL, keras TEXT NOT NULL,
    course TEXT NOT NULL, time REAL NOT NULL, failed INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS marks (
    attempt INTEGER NOT NULL REFERENCES attempts, position INTEGER NOT NULL,
    {", ".join(f'"{name}" {"REAL" if name in REAL else "TEXT"} NOT NULL' for name in FIELDS)},
    PRIMARY KEY (attempt, position)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sources (
    digest TEXT PRIMARY KEY, kind TEXT NOT NULL, data BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_file ON attempts (student, exercise, digest);
CREATE VIEW IF NOT EXISTS latest AS SELECT * FROM attempts
    WHERE id IN (SELECT max(id) FROM attempts GROUP BY student, exercise);
"""


class StoreError(CourseError):
    """The store cannot be used; the message says what to do."""


class Store:
    """The attempts in OUT/attempts.sqlite."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            # Another grader may be writing: wait for it. FULL: what was stored survives a power cut.
            self.db = sqlite3.connect(path, timeout=60, isolation_level=None)
            self.db.execute("PRAGMA synchronous = FULL")
            tables = {name for (name,) in self.db.execute("SELECT name FROM sqlite_master")}
            version = self.db.execute("PRAGMA user_version").fetchone()[0]
            if tables and version != VERSION:
                raise sqlite3.DatabaseError(f"its version is {version}, expected {VERSION}")
            with self._transaction():
                for statement in filter(str.strip, TABLES.split(";")):
                    self.db.execute(statement)
                self.db.execute(f"PRAGMA user_version = {VERSION}")
        except sqlite3.Error as error:
            raise StoreError(
                "{path} is not a store of attempts ({error}): move it away, or name another folder with --out.",
                path=path,
                error=error,
            ) from error

    def seed(self, given: int | None, new: int) -> int:
        """The run's seed: the one given, or that of the last run here, or else a new one; remembered."""
        with self._transaction():
            last = self.db.execute("SELECT seed FROM run ORDER BY rowid DESC LIMIT 1").fetchone()
            seed = given if given is not None else int(last[0]) if last else new
            if last is None or int(last[0]) != seed:
                self.db.execute("INSERT INTO run VALUES (?)", (str(seed),))
        return int(seed)

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
        keys = "(student, exercise, digest, seed, course, failed)"
        query = f"SELECT 1 FROM attempts WHERE {keys} = (?, ?, ?, ?, ?, 0) LIMIT 1"
        values = well_formed(student), exercise, digest, str(seed), course
        return self.db.execute(query, values).fetchone() is not None

    def add(self, attempt: Attempt, source: Source | SubmissionError | None = None) -> None:
        """Store an attempt with its marks and the file that was graded, whole or not at all."""
        columns = [*ATTEMPT, "failed"]
        attempt = dataclasses.replace(attempt, time=time.time())
        values = [_stored(getattr(attempt, name)) for name in columns]
        values[columns.index("seed")] = str(attempt.seed)
        insert = f"INSERT INTO attempts ({', '.join(columns)}) VALUES ({_places(columns)})"
        with self._transaction():
            number = self.db.execute(insert, values).lastrowid
            rows = [[number, at, *_columns(mark)] for at, mark in enumerate(attempt.marks)]
            insert = f"INSERT INTO marks VALUES ({_places([*FIELDS, 'attempt', 'position'])})"
            self.db.executemany(insert, rows)
            if isinstance(source, Source):
                values = [attempt.digest, source.kind, zlib.compress(source)]
                self.db.execute("INSERT OR IGNORE INTO sources VALUES (?, ?, ?)", values)

    def source(self, digest: str) -> Source | None:
        """The file of an attempt, where there was one."""
        query = "SELECT kind, data FROM sources WHERE digest = ?"
        row = self.db.execute(query, [digest]).fetchone()
        return row and Source(zlib.decompress(row[1]), f"file{row[0]}")

    def close(self) -> None:
        self.db.close()


def _places(columns: list[str]) -> str:
    return ", ".join("?" * len(columns))


def _columns(mark: Mark) -> list[Any]:
    plain = to_plain(mark) | {"printed": mark.printed[-PRINTED:]}
    return [_stored(plain[name]) for name in FIELDS]


def _stored(value: Any) -> Any:
    """A value as SQLite takes it: text from file names and student code can hold halves of characters."""
    return well_formed(value) if isinstance(value, str) else value


def digest(source: Source | SubmissionError) -> str:
    """The hash of a file with what is beside it, or of the reason why there is none."""
    if isinstance(source, SubmissionError):
        return hashlib.sha256(f"none: {source}".encode("utf-8", "backslashreplace")).hexdigest()
    whole = hashlib.sha256(source.kind.encode() + source)
    for name, data in sorted(source.beside.items()):
        whole.update(f"\0{name}\0".encode("utf-8", "backslashreplace") + data)
    return whole.hexdigest()


# The packages whose code decides about marks; how a class is shown and exported is none of it.
MARKING = ("wall", "checks", "data")


@functools.cache
def version(stem: str) -> str:
    """The course's version with a fingerprint of what can change a mark of this exercise."""
    files = [file for name in MARKING for file in sorted((paths.HERE / name).glob("*.*"))]
    fingerprint = 0
    for path in [*files, paths.checks_of(stem)]:
        fingerprint = zlib.crc32(path.read_bytes(), fingerprint)
    return f"{__version__}+{fingerprint:08x}"


@functools.cache
def keras_version() -> str:
    """The installed Keras, without importing it."""
    return importlib.metadata.version("keras")
