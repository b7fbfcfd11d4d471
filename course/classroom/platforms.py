"""Marks as platforms take them: pure functions from attempts (and a file that the platform gave) to text.

Formats: Gradescope's autograder specification; Classroom 50's result/v1; Canvas's gradebook and
Moodle's offline grading worksheet, which are filled in as they were downloaded; nbgrader's export;
JUnit XML; GitHub's step summary.
"""

import csv
import datetime
import importlib.metadata
import io
import json
import os
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from course import paths
from course.checks.mark import Mark, Outcome, lines, word
from course.classroom.book import cell, csv_text
from course.classroom.store import Attempt
from course.text import CourseError, tr, translate


class ExportError(CourseError):
    """These marks cannot be given in this form; the message says why and what to do."""


def gradescope(attempts: Sequence[Attempt]) -> str:
    """results.json of one student: a test per check, with what the student reads."""
    tests = [
        {
            "name": f"{attempt.exercise}: {mark.sentence}",
            "number": f"{int(attempt.exercise[:2])}.{position}",
            "score": mark.points,
            "max_score": mark.of,
            "status": "passed" if mark.passed else "failed",
            "output": reading(mark),
            "visibility": "visible",
        }
        for attempt in attempts
        for position, mark in enumerate(attempt.marks, 1)
    ]
    output = tr("course check --hints shows a hint.")
    if any(attempt.failed for attempt in attempts):
        output = tr("The grader itself failed on part of this; please tell your teacher.")
    seconds = round(sum(attempt.seconds for attempt in attempts), 2)
    head = {"execution_time": seconds, "output": output, "test_output_format": "text"}
    return _json(head | {"stdout_visibility": "hidden", "tests": tests})


def reading(mark: Mark) -> str:
    """What a student reads of a check, as lines."""
    outcome, why = word(mark.outcome), translate(mark.why)
    head = f"{outcome}: {why}" if why else outcome
    pairs = lines(mark, printed=1000)
    body = [f"{label}: {text}" for label, text in pairs if text != why]
    return "\n".join([head, *body, *filter(None, [translate(mark.note)])])


def classroom50(
    attempts: Sequence[Attempt],
    environment: Mapping[str, str] = os.environ,
    now: datetime.datetime | None = None,
) -> str:
    """result.json of one student's checkout: scores are whole numbers there, so all are multiplied alike."""
    marks = [(attempt.exercise, mark) for attempt in attempts for mark in attempt.marks]
    fractions = (Fraction(mark.of).limit_denominator(100) for _, mark in marks)
    scale = max((fraction.denominator for fraction in fractions), default=1)
    tests = [
        {
            "test-name": f"{exercise}: {mark.check}",
            "passed": mark.passed,
            "score": round(mark.points * scale),
            "max-score": round(mark.of * scale),
            "message": mark.message,
        }
        for exercise, mark in marks
    ]
    names = {
        "classroom": "CLASSROOM",
        "assignment": "ASSIGNMENT",
        "submission": "SUBMISSION_TAG",
        "commit": "COMMIT_URL",
        "release": "RELEASE_URL",
        "review": "REVIEW_URL",
    }
    result: dict[str, Any] = {"schema": "classroom50/result/v1"}
    result |= {key: environment.get(name, "") for key, name in names.items()}
    time = (now or datetime.datetime.now(datetime.UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
    total = {key: sum(test[key] for test in tests) for key in ("score", "max-score")}  # type: ignore[misc]
    return _json(result | {"datetime": time} | total | {"tests": tests})


def _json(data: Any) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


# --- files that a platform gave, filled in ---


def canvas(template: str, attempts: Sequence[Attempt]) -> tuple[str, list[str]]:
    """A gradebook exported from Canvas with our points filled in, and the students that it does not list.

    A column whose title holds an exercise's name gets its points. Students are found by Canvas's id,
    login or name.
    """
    rows, delimiter = _table(template)
    head = rows[0] if rows else []
    if len(head) < 4 or "Student" not in head[0] or "ID" not in head[1]:
        raise ExportError(
            "this is not a Canvas gradebook: export it there (Grades, Export) and name that file."
        )
    stems = paths.exercise_stems()
    columns = {at: stem for at, title in enumerate(head) for stem in stems if stem in title}
    if not columns:
        raise ExportError(
            "no column of the gradebook contains an exercise's name, such as 05_losses: name the assignments that way in Canvas."
        )
    titles = ("Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID")
    places = [at for at, title in enumerate(head) if title in titles]
    entries = [row for row in rows[1:] if row and "Points Possible" not in row[0]]
    index, unknown = _index(entries, places), []
    for student, points in _points(attempts).items():
        if (row := _row_of(student, index)) is None:
            unknown.append(student)
        else:
            _set(row, {at: points[stem] for at, stem in columns.items() if stem in points})
    return csv_text(rows, delimiter), unknown


def moodle(template: str, attempts: Sequence[Attempt]) -> tuple[str, list[str]]:
    """Moodle's offline grading worksheet with grades and feedback filled in, and the students that it does not list.

    The grade is the sum over the exercises graded. Students are found by the number of the
    participant, or by name.
    """
    rows, delimiter = _table(template)
    head = rows[0] if rows else []
    grade = _column(head, "Grade", "成績", "分數")
    if grade is None:
        raise ExportError(
            "this is not a Moodle grading worksheet with a column Grade: download it from the assignment and name that file."
        )
    feedback = _column(head, "Feedback comments", "回饋意見", "回饋評語")
    messages = defaultdict[str, list[str]](list)
    for attempt in attempts:
        messages[attempt.student] += [
            f"{attempt.exercise}: {mark.sentence} {mark.message}"
            for mark in attempt.marks
            if not mark.passed
        ]
    index, unknown = _index(rows[1:], range(min(4, len(head)))), []
    for student, points in _points(attempts).items():
        if (row := _row_of(student, index)) is None:
            unknown.append(student)
            continue
        _set(row, {grade: sum(points.values())})
        if feedback is not None:
            _set(row, {feedback: "\n".join(messages[student])})
    return csv_text(rows, delimiter), unknown


def _column(head: list[str], *titles: str) -> int | None:
    return next((at for at, title in enumerate(head) if title in titles), None)


def _table(text: str) -> tuple[list[list[str]], str]:
    """Rows of a platform's CSV, and its delimiter; a byte order mark stays in the first cell."""
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    return list(csv.reader(io.StringIO(text), delimiter=delimiter)), delimiter


def _points(attempts: Sequence[Attempt]) -> dict[str, dict[str, float]]:
    points = defaultdict[str, dict[str, float]](dict)
    # Where the grader itself failed there is no mark, and none is passed on.
    for attempt in attempts:
        if not attempt.failed:
            points[attempt.student][attempt.exercise] = attempt.points
    return points


Index = dict[str, dict[int, list[str]]]


def _index(rows: list[list[str]], places: Iterable[int]) -> Index:
    """Name or number → the rows that it stands for, by position."""
    index: Index = defaultdict(dict)
    for position, row in enumerate(rows):
        for at in places:
            if at < len(row):
                index[row[at]][position] = row
                # "Participant 12" on Moodle's worksheet, in any language, is the 12 of its file names.
                if number := re.fullmatch(r"[^\d]+ ?(\d+)", row[at]):
                    index[number[1]][position] = row
    return index


def _row_of(student: str, index: Index) -> list[str] | None:
    """The only row of a student; None where there is none, or more than one."""
    number = re.search(r"\((\d+)\)$", student)
    names = {student, re.sub(r" \([^()]*\)$", "", student)} if number is None else {number[1]}
    rows = {at: row for name in names for at, row in index.get(name, {}).items()}
    return next(iter(rows.values())) if len(rows) == 1 else None


def _set(row: list[str], values: Mapping[int, object]) -> None:
    for at, value in values.items():
        row += [""] * (at + 1 - len(row))
        row[at] = cell(value)


# --- other forms of a whole class ---


def nbgrader(attempts: Sequence[Attempt]) -> str:
    """nbgrader's grades.csv, quoted as CSV should be; names of students are their ids."""
    head = (
        "assignment duedate timestamp student_id last_name first_name email "
        "raw_score late_submission_penalty score max_score"
    )
    rows: list[list[object]] = [[*head.split()]]
    for a in attempts:
        moment = datetime.datetime.fromtimestamp(a.time, datetime.UTC)
        when = moment.strftime("%Y-%m-%d %H:%M:%S")
        scores = a.points, 0.0, a.points, a.of
        rows.append([a.exercise, "", when, cell(a.student), "", "", "", *map(cell, scores)])
    return csv_text(rows)


def junit(attempts: Sequence[Attempt]) -> str:
    """JUnit XML: a suite per student and exercise, a case per check; where the grader itself failed, an error."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="course">']
    for a in attempts:
        errors = sum(mark.outcome == Outcome.GRADER_FAILED for mark in a.marks)
        failures = sum(not mark.passed for mark in a.marks) - errors
        counts = f'tests="{len(a.marks)}" failures="{failures}" errors="{errors}"'
        name = _attribute(f"{a.student} {a.exercise}")
        out.append(f'  <testsuite name={name} {counts} time="{a.seconds:.3f}">')
        for mark in a.marks:
            case = (
                f'classname="{a.exercise}" name={_attribute(mark.check)} time="{mark.seconds:.3f}"'
            )
            if mark.passed:
                out.append(f"    <testcase {case} />")
                continue
            kind = "error" if mark.outcome == Outcome.GRADER_FAILED else "failure"
            message, words = _attribute(mark.message), escape(_xml(reading(mark)))
            reason = f'<{kind} message={message} type="{mark.outcome}">{words}</{kind}>'
            out.append(f"    <testcase {case}>\n      {reason}\n    </testcase>")
        out.append("  </testsuite>")
    return "\n".join([*out, "</testsuites>", ""])


def _attribute(text: str) -> str:
    return f'"{escape(_xml(text), {chr(34): "&quot;", chr(10): "&#10;"})}"'


def _xml(text: str) -> str:
    """Text without the characters that XML 1.0 cannot hold."""
    return re.sub(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "?", text)


def summary(attempts: Sequence[Attempt]) -> str:
    """Markdown for GitHub's step summary: points of each exercise, and what each check that is missed says."""
    points, of = sum(a.points for a in attempts), sum(a.of for a in attempts)
    out = ["| exercise | points | of |", "|---|---:|---:|"]
    out += [f"| {a.exercise} | {a.points:g} | {a.of:g} |" for a in attempts]
    out += [f"| **total** | **{points:g}** | **{of:g}** |", ""]
    for a in attempts:
        missed = (mark for mark in a.marks if not mark.passed)
        texts = (f"{a.exercise}: {m.sentence} {m.outcome}. {m.message}" for m in missed)
        out += [f"- {_markdown(text)}" for text in texts]
    return "\n".join(out) + "\n"


def _markdown(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>|#!~&@])", r"\\\1", " ".join(text.split()))


# --- files that the product writes ---


def template(name: str) -> str:
    """A file that the product writes, as it lies in course/data/templates."""
    return (paths.DATA / "templates" / name).read_text("utf-8")


def gradescope_zip(target: Path, stems: Sequence[str]) -> None:
    """A complete autograder for Gradescope: the course itself, what it needs, setup.sh and run_autograder.

    Args:
        stems: The exercises of this assignment; none means all.
    """
    requirements = importlib.metadata.requires("keras-course") or []
    needed = [entry for entry in requirements if "extra ==" not in entry]
    only = " ".join(f"--only {stem}" for stem in stems)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "setup.sh", template("setup.sh"), 0o755)
        run = template("run_autograder").replace("@ONLY@", only)
        _add(archive, "run_autograder", run, 0o755)
        _add(archive, "requirements.txt", "\n".join(needed) + "\n")
        for path in sorted(paths.HERE.rglob("*")):
            place = path.relative_to(paths.HERE)
            if path.is_file() and not {"material", "__pycache__"} & set(place.parts):
                _add(archive, f"course/{place.as_posix()}", path.read_bytes())
        for kind in ("lessons", "exercises"):
            for path in sorted((paths.MATERIAL / kind).glob("*.py")):
                _add(archive, f"course/material/{kind}/{path.name}", path.read_bytes())


def _add(archive: zipfile.ZipFile, name: str, content: str | bytes, mode: int = 0o644) -> None:
    """A member with a fixed date, so that equal courses give equal zips."""
    member = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
    member.external_attr = (0o100000 | mode) << 16
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, content)
