"""How long the views of a large class take, from a filled store: gradebook, checks.csv, report and exports.

    python benchmarks/views.py [--students 1000]

Fills a store with ten exercises of ten checks a student, a third of them failed, and measures in one
run, in seconds: reading the rows by one plain SQL query, and each of the views.
"""

import argparse
import csv
import io
import random
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from course.checks.mark import Mark, Outcome
from course.classroom import book, platforms, report
from course.classroom.book import Book
from course.classroom.store import Attempt, Store
from course.paths import exercise_stems
from course.text import Text, pinned_language

CHECKS = 10
REASONS = (
    Text("The bias is missing."),
    Text("The square root is missing."),
    Text("Your code raised an error."),
)


def fill(store: Store, students: int) -> None:
    """A class whose messages are of the usual sizes; one entry in ten differs from all others."""
    rng = random.Random(1)
    store.db.execute("PRAGMA synchronous = OFF")
    for student in range(students):
        for exercise in exercise_stems():
            marks = []
            for number in range(CHECKS):
                sentence = Text(f"check {number} of {exercise} holds.")
                passed = rng.random() < 0.67
                outcome = Outcome.PASSED if passed else Outcome.FAILED
                values = {"place": [number], "given": rng.random(), "right": rng.random()}
                entry = Text("The entry {place} is {given}, expected {right}.", **values)
                why = "" if passed else entry if rng.random() < 0.3 else rng.choice(REASONS)
                came = "" if passed else f"array of shape (8, 3): [{rng.random():.4f}, …]"
                asked = "" if passed else "function(array[8, 3], array[3])"
                texts = {"why": why, "asked": asked, "came": came, "expected": came}
                points = float(passed), 1.0, 0.1
                marks.append(Mark(f"test_{number}", sentence, outcome, *points, **texts))
            store.add(Attempt(f"student {student:04}", exercise, "d", 1, marks, 1.0, keras="3"))


def canvas_template(names: list[str]) -> str:
    """A gradebook as Canvas exports it, with a column for each exercise."""
    text = io.StringIO()
    writer = csv.writer(text)
    columns = [f"{stem} ({at})" for at, stem in enumerate(exercise_stems())]
    writer.writerow(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *columns])
    writer.writerows([name, at, "", "", "A", *[""] * len(columns)] for at, name in enumerate(names))
    return text.getvalue()


@contextmanager
def timed(name: str, seconds: dict[str, float]) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds[name] = time.perf_counter() - start
    print(f"  {name:<24}{seconds[name]:>7.2f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--students", type=int, default=1000)
    students = parser.parse_args().students
    with tempfile.TemporaryDirectory() as folder, pinned_language():
        out = Path(folder)
        store = Store(out / "attempts.sqlite")
        fill(store, students)
        seconds: dict[str, float] = {}
        print(f"{students} students, {len(exercise_stems())} exercises, {CHECKS} checks each")
        with timed("(a plain SQL read)", seconds), sqlite3.connect(store.path) as db:
            rows = db.execute(
                "SELECT * FROM latest JOIN marks ON attempt = id ORDER BY student, exercise"
            ).fetchall()
        assert len(rows) == students * len(exercise_stems()) * CHECKS
        with timed("read", seconds):
            whole = Book(store)
        with timed("gradebook, checks.csv", seconds):
            book.write(out, whole)
        with timed("report", seconds):
            report.write(out, whole)
        template = canvas_template(list(whole.students))
        with timed("canvas", seconds):
            platforms.canvas(template, whole.attempts)
        with timed("nbgrader", seconds):
            platforms.nbgrader(whole.attempts)
        with timed("junit", seconds):
            platforms.junit(whole.attempts)
        with timed("summary", seconds):
            platforms.summary(whole.attempts)
        total = sum(took for name, took in seconds.items() if not name.startswith("("))
        ratio = total / seconds["(a plain SQL read)"]
        print(f"all views {total:.2f} s, {ratio:.1f} times the plain read")


if __name__ == "__main__":
    main()
