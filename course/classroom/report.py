"""The report that a teacher reads: one self-contained page over the store, and a page per student; no network.

Everything that comes from students passes through the templates' escaping; besides, the pages allow
no script but the report's own, known by its hash.
"""

import base64
import functools
import hashlib
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from course import paths
from course.checks.mark import Outcome, lines, word
from course.classroom.book import Book
from course.classroom.store import Attempt
from course.text import current_language, tr

PAGES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(paths.DATA / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
PAGES.globals |= {"t": tr, "language": current_language}
SHOWN_MISTAKES, SHOWN_SLOWEST, SHOWN_FAILED = 20, 10, 100
SHOWN_NOTED, SHOWN_NAMES = 300, 60


def write(out: Path, book: Book) -> Path:
    """Write out/report.html and out/students/; returns the report's path."""
    pages = out / "students"
    pages.mkdir(parents=True, exist_ok=True)
    titles = {stem: paths.title(paths.EXERCISES / f"{stem}.py") for stem in book.exercises}

    def section(attempt: Attempt) -> Markup:
        return _section(attempt, titles[attempt.exercise])

    template = PAGES.get_template("student.html")
    for student, attempts in book.students.items():
        text = template.render(student=student, attempts=attempts, section=section)
        paths.write_text(pages / page(student), text)
    script = (paths.DATA / "templates" / "report.js").read_text("utf-8")
    code = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    own = {"script": Markup(script), "script_hash": Markup(code)}
    text = PAGES.get_template("report.html").render(**own, **facts(book, titles))
    paths.write_text(out / "report.html", text)
    return out / "report.html"


def _section(attempt: Attempt, title: str) -> Markup:
    """What a student reads of one exercise; written here and not in a template, since a class has so many."""
    points = Markup("<h2>%s: %s / %s</h2>\n<p>%s</p>\n")
    head = points % (attempt.exercise, f"{attempt.points:g}", f"{attempt.of:g}", title)
    reasons = {mark.why for mark in attempt.marks}
    alike = len(reasons) == 1 and len(attempt.marks) > 1
    if alike and (reason := reasons.pop()) and not any(mark.error for mark in attempt.marks):
        words = word(attempt.marks[0].outcome), reason
        return head + Markup('<p class="failed">%s: %s</p>\n') % words
    out = [head]
    for mark in attempt.marks:
        out.append(_heading(mark.outcome, mark.sentence, mark.points, mark.of, current_language()))
        if not mark.passed:
            pairs = lines(mark, printed=1000)
            # The reason comes first, as it is what helps.
            pairs.sort(key=lambda pair: pair[1] != mark.why)
            rows = "".join(
                f"<dt>{label}</dt><dd><pre>{escape(text)}</pre></dd>" for label, text in pairs
            )
            out.append(Markup(f"<dl>{rows}</dl>\n"))
    return Markup("".join(out))


@functools.cache
def _heading(outcome: Outcome, sentence: str, points: float, of: float, language: str) -> Markup:
    kind = "passed" if outcome == Outcome.PASSED else "failed"
    words = word(outcome), sentence, f"{points:g}", f"{of:g}"
    return Markup(f'<h3><span class="{kind}">%s</span> · %s (%s / %s)</h3>\n') % words


def page(student: str) -> str:
    """The file name of a student's page: names can hold anything, so it is made from a hash."""
    return hashlib.sha256(student.encode("utf-8", "backslashreplace")).hexdigest()[:16] + ".html"


def facts(book: Book, titles: dict[str, str]) -> dict[str, Any]:
    """What the report tells, as its template takes it."""
    marks, points, of = book.marks, book.points, book.of
    ratio = (points / of).fillna(0.0).where(of.notna())
    for attempt in book.attempts:
        if all(mark.outcome == Outcome.NOT_ATTEMPTED and not mark.asked for mark in attempt.marks):
            # Nothing was handed in, which is not the same as nothing right.
            ratio.loc[attempt.student, attempt.exercise] = float("nan")
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
        "quartiles": [total.quantile(q) if len(total) else 0.0 for q in (0.25, 0.5, 0.75)],
        "noted": [
            (a.student, a.exercise, a.marks[0].noted) for a in book.attempts if a.marks[0].noted
        ][:SHOWN_NOTED],
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
    # Of those who handed something in: where there is no file, no check took any time.
    handed = marks[(marks.outcome != Outcome.NOT_ATTEMPTED) | (marks.seconds > 0)]
    passed = handed.assign(passed=handed.outcome == Outcome.PASSED)
    grouped = passed.groupby(["exercise", "check"], sort=True)
    table = grouped.agg(
        sentence=("sentence", "first"), passed=("passed", "sum"), of=("passed", "size")
    )
    table["share"] = table.passed / table.of
    table["telling"] = _discrimination(passed)
    rows: list[dict[str, Any]] = table.reset_index().to_dict("records")
    return rows


def _discrimination(passed: Any) -> Any:
    """For each check the correlation of passing it with the student's other points; NaN where all pass, or none."""
    totals = passed.groupby("student").points.transform("sum") - passed.points
    whole = passed.assign(rest=totals, hit=passed.passed.astype(float))
    sums = (
        whole.assign(product=whole.rest * whole.hit, square=whole.rest**2)
        .groupby(["exercise", "check"])[["rest", "hit", "product", "square"]]
        .mean()
    )
    spread = (sums.square - sums.rest**2).clip(lower=0) * (sums.hit - sums.hit**2)
    return ((sums["product"] - sums.rest * sums.hit) / spread.where(spread > 1e-12) ** 0.5).round(3)


def _mistakes(marks: Any) -> list[dict[str, Any]]:
    """What most students heard of a check that failed."""
    failed = marks[(marks.outcome == Outcome.FAILED) & (marks.why != "")]
    distinct = failed[["exercise", "why", "student"]].drop_duplicates()
    counts = distinct.groupby(["exercise", "why"], sort=False).size()
    often = counts.sort_values(ascending=False, kind="stable").head(SHOWN_MISTAKES)
    indexed = failed.set_index(["exercise", "why"])
    checks, students = indexed.check, indexed.student
    return [
        {
            "exercise": key[0],
            "why": key[1],
            "count": n,
            "checks": sorted(set(checks.loc[[key]])),
            "students": sorted(set(students.loc[[key]]))[:SHOWN_NAMES],
        }
        for key, n in often.items()
    ]
