"""The report that a teacher reads: one self-contained page over the store, and a page per student; no script, no network.

Everything that comes from students passes through the templates' escaping, and the pages forbid scripts besides.
"""

import hashlib
import statistics
from pathlib import Path
from typing import Any

import jinja2

from course import material
from course.check import FAILED, FIELDS, GRADER_FAILED, PASSED
from course.grade import by_student
from course.language import chosen, t
from course.store import Attempt, Store

PAGES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(material.HERE / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
PAGES.globals |= {"t": t, "language": chosen}
SHOWN_MISTAKES, SHOWN_SLOWEST = 20, 10


def write(out: Path, store: Store) -> Path:
    """Write out/report.html and out/students/; returns the report's path."""
    pages = out / "students"
    pages.mkdir(parents=True, exist_ok=True)
    titles = {stem: material.title(material.EXERCISES / f"{stem}.py") for stem in store.exercises()}
    facts = Facts(titles)
    for student, own in by_student(store.latest()):
        facts.add(student, own)
        attempts = [own[stem] for stem in titles if stem in own]
        text = PAGES.get_template("student.html").render(student=student, attempts=attempts, titles=titles, passed=PASSED, fields=FIELDS)
        material.write_text(pages / page(student), text)
    material.write_text(out / "report.html", PAGES.get_template("report.html").render(**facts.told()))
    return out / "report.html"


def page(student: str) -> str:
    """The file name of a student's page: names can hold anything, so it is made from a hash."""
    return hashlib.sha256(student.encode("utf-8", "backslashreplace")).hexdigest()[:16] + ".html"


class Facts:
    """What the report tells, counted student by student, so that a large class needs little memory."""

    def __init__(self, titles: dict[str, str]) -> None:
        self.titles = titles
        self.students: list[dict[str, Any]] = []
        self.exercises: dict[str, dict[str, Any]] = {
            stem: {"stem": stem, "title": title, "shares": [], "handed": 0} for stem, title in titles.items()
        }
        self.checks: dict[tuple[str, str], dict[str, Any]] = {}
        self.mistakes: dict[tuple[str, str], dict[str, set[str]]] = {}
        self.slowest: list[tuple[float, str, str]] = []
        self.failed: list[tuple[str, str, str]] = []
        self.made: set[str] = set()

    def add(self, student: str, own: dict[str, Attempt]) -> None:
        points, of = sum(a.points for a in own.values()), sum(a.of for a in own.values())
        cells = {stem: _share(a.points, a.of) for stem, a in own.items()}
        self.students.append(
            {"name": student, "page": page(student), "points": points, "of": of, "share": _share(points, of), "cells": cells}
        )
        for stem, attempt in own.items():
            exercise = self.exercises.setdefault(stem, {"stem": stem, "title": stem, "shares": [], "handed": 0})
            # Where there is no file, no check took any time.
            exercise["handed"] += any(mark.seconds > 0 for mark in attempt.marks)
            exercise["shares"].append(_share(attempt.points, attempt.of))
            self.made.add(f"course {attempt.course.split('+')[0]}, Python {attempt.python}, Keras {attempt.keras}")
            self.slowest = sorted([*self.slowest, (attempt.seconds, student, stem)], reverse=True)[:SHOWN_SLOWEST]
            for mark in attempt.marks:
                row = self.checks.setdefault((stem, mark.check), {"stem": stem, "sentence": mark.sentence, "passed": 0, "of": 0})
                row["passed"] += mark.outcome == PASSED
                row["of"] += 1
                if mark.outcome == GRADER_FAILED:
                    self.failed.append((student, stem, mark.why))
                elif mark.outcome == FAILED and mark.why:
                    heard = self.mistakes.setdefault((stem, mark.why), {"students": set(), "checks": set()})
                    heard["students"].add(page(student))
                    heard["checks"].add(mark.check)

    def told(self) -> dict[str, Any]:
        """The facts as the template takes them."""
        often = sorted(self.mistakes.items(), key=lambda item: -len(item[1]["students"]))[:SHOWN_MISTAKES]
        shares = [student["share"] for student in self.students]
        bins = [0] * 10
        for share in shares:
            bins[min(9, int(share * 10))] += 1
        exercises = [
            one | {"mean": statistics.fmean(one["shares"]) if one["shares"] else 0.0, "full": sum(s == 1 for s in one["shares"])}
            for one in self.exercises.values()
        ]
        return {
            "students": self.students,
            "stems": list(self.exercises),
            "exercises": exercises,
            "checks": [row | {"share": row["passed"] / row["of"]} for _, row in sorted(self.checks.items())],
            "mistakes": [
                {"stem": stem, "why": why, "checks": sorted(heard["checks"]), "count": len(heard["students"])}
                for (stem, why), heard in often
            ],
            "slowest": [{"seconds": seconds, "student": name, "stem": stem, "page": page(name)} for seconds, name, stem in self.slowest],
            "failed": self.failed[:100],
            "bins": [{"from": 10 * i, "to": 10 * i + (10 if i == 9 else 9), "count": n} for i, n in enumerate(bins)],
            "highest": max(bins, default=0) or 1,
            "mean": statistics.fmean(shares) if shares else 0.0,
            "median": statistics.median(shares) if shares else 0.0,
            "made": sorted(self.made),
        }


def _share(points: float, of: float) -> float:
    return points / of if of else 0.0
