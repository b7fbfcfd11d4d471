"""The report that a teacher reads: one self-contained page over the store, and a page per student; no script, no network.

Everything that comes from students passes through the templates' escaping, and the pages forbid
scripts besides.
"""

import functools
import hashlib
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from course import paths
from course.checks.mark import Outcome, lines, word
from course.classroom.book import Book
from course.text import current_language, tr

PAGES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(paths.DATA / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
PAGES.globals |= {"t": tr, "language": current_language, "lines": lines}
SHOWN_MISTAKES, SHOWN_SLOWEST, SHOWN_FAILED = 20, 10, 100


def write(out: Path, book: Book) -> Path:
    """Write out/report.html and out/students/; returns the report's path."""
    pages = out / "students"
    pages.mkdir(parents=True, exist_ok=True)
    titles = {stem: paths.title(paths.EXERCISES / f"{stem}.py") for stem in book.exercises}
    outcomes = {outcome: word(outcome) for outcome in Outcome}

    @functools.cache
    def heading(outcome: Outcome, sentence: str, points: float, of: float) -> Markup:
        kind = "passed" if outcome == Outcome.PASSED else "failed"
        words = f'<h3><span class="{kind}">%s</span> · %s ({points:g} / {of:g})</h3>'
        return Markup(words) % (outcomes[outcome], sentence)

    shared = {"titles": titles, "outcomes": outcomes, "why": word("why"), "heading": heading}
    template = PAGES.get_template("student.html")
    for student, attempts in book.students.items():
        text = template.render(student=student, attempts=attempts, **shared)
        paths.write_text(pages / page(student), text)
    text = PAGES.get_template("report.html").render(**facts(book, titles))
    paths.write_text(out / "report.html", text)
    return out / "report.html"


def page(student: str) -> str:
    """The file name of a student's page: names can hold anything, so it is made from a hash."""
    return hashlib.sha256(student.encode("utf-8", "backslashreplace")).hexdigest()[:16] + ".html"


def facts(book: Book, titles: dict[str, str]) -> dict[str, Any]:
    """What the report tells, as its template takes it."""
    marks, points, of = book.marks, book.points, book.of
    ratio = (points / of).fillna(0.0).where(of.notna())
    shares = [{k: v for k, v in row.items() if v == v} for row in ratio.to_dict("records")]
    total = (points.sum(axis=1) / of.sum(axis=1)).fillna(0.0)
    tenths = (total * 10).astype(int).clip(0, 9).value_counts()
    slowest = sorted(book.attempts, key=lambda attempt: -attempt.seconds)[:SHOWN_SLOWEST]
    versions = {(a.course.partition("+")[0], a.python, a.keras) for a in book.attempts}
    failed = marks[marks.outcome == Outcome.GRADER_FAILED]
    return {
        "students": [
            {"name": n, "page": page(n), "points": p, "of": o, "share": t, "cells": cells}
            for n, p, o, t, cells in zip(
                points.index, points.sum(axis=1), of.sum(axis=1), total, shares, strict=True
            )
        ],
        "stems": book.exercises,
        "exercises": _exercises(book, ratio, titles),
        "checks": _checks(marks),
        "mistakes": _mistakes(marks),
        "slowest": slowest,
        "page": page,
        "failed": failed[["student", "exercise", "why"]].head(SHOWN_FAILED).to_numpy().tolist(),
        "bins": [{"from": 10 * i, "to": 10 * i + 9 + (i == 9), "count": int(tenths.get(i, 0))}
                 for i in range(10)],
        "highest": int(tenths.max()) if len(tenths) else 1,
        "mean": total.mean() if len(total) else 0.0,
        "median": total.median() if len(total) else 0.0,
        "made": sorted(f"course {c}, Python {p}, Keras {k}" for c, p, k in versions),
    }  # fmt: skip


def _exercises(book: Book, shares: Any, titles: dict[str, str]) -> list[dict[str, Any]]:
    # Where there is no file, no check took any time.
    seconds = book.marks.groupby(["exercise", "student"]).seconds.max()
    return [
        {
            "stem": stem,
            "title": titles[stem],
            "handed": int((seconds[stem] > 0).sum()),
            "full": int((shares[stem] == 1).sum()),
            "mean": shares[stem].mean(),
        }
        for stem in book.exercises
    ]


def _checks(marks: Any) -> list[dict[str, Any]]:
    passed = marks.assign(passed=marks.outcome == Outcome.PASSED)
    grouped = passed.groupby(["exercise", "check"], sort=True)
    table = grouped.agg(
        sentence=("sentence", "first"), passed=("passed", "sum"), of=("passed", "size")
    )
    table["share"] = table.passed / table.of
    rows: list[dict[str, Any]] = table.reset_index().to_dict("records")
    return rows


def _mistakes(marks: Any) -> list[dict[str, Any]]:
    """What most students heard of a check that failed."""
    failed = marks[(marks.outcome == Outcome.FAILED) & (marks.why != "")]
    grouped = failed.groupby(["exercise", "why"], sort=False)
    table = grouped.agg(count=("student", "nunique"), checks=("check", lambda c: sorted(set(c))))
    often = table.sort_values("count", ascending=False, kind="stable").head(SHOWN_MISTAKES)
    rows: list[dict[str, Any]] = often.reset_index().to_dict("records")
    return rows
