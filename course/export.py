"""Marks as platforms take them: pure functions from attempts (and a file that the platform gave) to text.

Formats: Gradescope's autograder specification; Classroom 50's result/v1; Canvas's gradebook and Moodle's offline grading worksheet,
which are filled in as they were downloaded; nbgrader's export; JUnit XML; GitHub's step summary.
"""

import csv
import datetime
import importlib.metadata
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from course import material
from course.check import FIELDS, GRADER_FAILED, PASSED
from course.grade import cell
from course.language import t
from course.store import Attempt, Mark


class NoExport(Exception):
    """These marks cannot be given in this form; the message says why and what to do."""


def gradescope(attempts: Sequence[Attempt]) -> str:
    """results.json of one student: a test per check, with what the student reads."""
    tests = [
        {
            "name": f"{attempt.exercise}: {mark.sentence}",
            "number": f"{int(attempt.exercise[:2])}.{position}",
            "score": mark.points,
            "max_score": mark.of,
            "status": "passed" if mark.outcome == PASSED else "failed",
            "output": reading(mark),
            "visibility": "visible",
        }
        for attempt in attempts
        for position, mark in enumerate(attempt.marks, 1)
    ]
    broken = any(attempt.broken for attempt in attempts)
    output = t("The grader itself failed for a part of this; please ask your teacher." if broken else "course check --hints shows a hint.")
    whole = {"execution_time": round(sum(attempt.seconds for attempt in attempts), 2), "output": output, "test_output_format": "text"}
    return _json(whole | {"stdout_visibility": "hidden", "tests": tests})


def reading(mark: Mark) -> str:
    """What a student reads of a check, as lines."""
    fields = [(t(name), getattr(mark, name)) for name in (*FIELDS, "printed")]
    lines = [f"{t(mark.outcome)}: {mark.why}" if mark.why else t(mark.outcome)]
    return "\n".join([*lines, *(f"{label}: {text}" for label, text in fields if text), *([mark.note] if mark.note else [])])


def classroom50(attempts: Sequence[Attempt], environment: Mapping[str, str], now: datetime.datetime) -> str:
    """result.json of one student's checkout: scores are whole numbers there, so all are multiplied alike."""
    marks = [(attempt.exercise, mark) for attempt in attempts for mark in attempt.marks]
    scale = 1
    for _, mark in marks:
        scale = max(scale, Fraction(mark.of).limit_denominator(100).denominator)
    tests = [
        {
            "test-name": f"{exercise}: {mark.check}",
            "passed": mark.outcome == PASSED,
            "score": round(mark.points * scale),
            "max-score": round(mark.of * scale),
            "message": mark.message,
        }
        for exercise, mark in marks
    ]
    names = {"classroom": "CLASSROOM", "assignment": "ASSIGNMENT", "submission": "SUBMISSION_TAG"}
    names |= {"commit": "COMMIT_URL", "release": "RELEASE_URL", "review": "REVIEW_URL"}
    result: dict[str, Any] = {"schema": "classroom50/result/v1"} | {key: environment.get(name, "") for key, name in names.items()}
    total = {"score": sum(round(m.points * scale) for _, m in marks), "max-score": sum(round(m.of * scale) for _, m in marks)}
    return _json(result | {"datetime": now.strftime("%Y-%m-%dT%H:%M:%SZ")} | total | {"tests": tests})


def _json(data: Any) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def canvas(template: str, attempts: Sequence[Attempt]) -> tuple[str, list[str]]:
    """A gradebook exported from Canvas with our points filled in, and the students that it does not list.

    A column whose title holds an exercise's name gets its points. Students are found by Canvas's id, login or name.
    """
    rows, dialect = _table(template)
    head = rows[0] if rows else []
    if len(head) < 4 or "Student" not in head[0] or "ID" not in head[1]:
        raise NoExport("this is no gradebook of Canvas: export it there (Grades, Export) and name that file.")
    columns = {at: stem for at, title in enumerate(head) for stem in material.exercise_stems() if stem in title}
    if not columns:
        raise NoExport("no column of the gradebook holds an exercise's name, such as 05_losses: name the assignments so in Canvas.")
    ids = [at for at, title in enumerate(head) if title in ("Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID")]
    lines = [row for row in rows[1:] if row and "Points Possible" not in row[0]]
    points = _points(attempts)

    def fill(row: list[str], student: str) -> None:
        _set(row, {at: points[student][stem] for at, stem in columns.items() if stem in points[student]})

    unknown = _fill(lines, points, ids, fill)
    return _written(rows, dialect), unknown


def moodle(template: str, attempts: Sequence[Attempt]) -> tuple[str, list[str]]:
    """Moodle's offline grading worksheet with grades and feedback filled in, and the students that it does not list.

    The grade is the sum over the exercises graded. Students are found by the number of the participant, or by name.
    """
    rows, dialect = _table(template)
    head = rows[0] if rows else []
    grade = next((at for at, title in enumerate(head) if title in ("Grade", "成績", "分數")), None)
    if grade is None:
        raise NoExport("this is no grading worksheet of Moodle with a column Grade: download it from the assignment and name that file.")
    feedback = next((at for at, title in enumerate(head) if title in ("Feedback comments", "回饋意見", "回饋評語")), None)
    points, messages = _points(attempts), dict[str, str]()
    for attempt in attempts:
        missed = [f"{attempt.exercise}: {mark.sentence} {mark.message}" for mark in attempt.marks if mark.outcome != PASSED]
        messages[attempt.student] = "\n".join([*filter(None, [messages.get(attempt.student)]), *missed])

    def fill(row: list[str], student: str) -> None:
        _set(row, {grade: sum(points[student].values())} | ({feedback: messages[student]} if feedback is not None else {}))

    unknown = _fill(rows[1:], points, list(range(min(4, len(head)))), fill)
    return _written(rows, dialect), unknown


def _table(text: str) -> tuple[list[list[str]], str]:
    """Rows of a platform's CSV, and its delimiter; a byte order mark stays in the first cell."""
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    return list(csv.reader(io.StringIO(text), delimiter=delimiter)), delimiter


def _written(rows: Sequence[Sequence[object]], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def _points(attempts: Sequence[Attempt]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    # Where the grader itself failed there is no mark, and none is handed on.
    for attempt in [one for one in attempts if not one.broken]:
        found.setdefault(attempt.student, {})[attempt.exercise] = attempt.points
    return found


def _fill(rows: list[list[str]], students: Iterable[str], ids: list[int], fill: Callable[[list[str], str], None]) -> list[str]:
    """Call fill(row, student) for each student's row; returns the students without one, or with more than one."""
    unknown = []
    for student in students:
        number = re.search(r"\((\d+)\)$", student)
        wanted = {student, re.sub(r" \([^()]*\)$", "", student)} if number is None else {number[1]}
        # "Participant 12" on Moodle's worksheet, in whatever language, is the 12 of its file names.
        found = [row for row in rows if any(_cell_is(row[at], wanted) for at in ids if at < len(row))]
        if len(found) == 1:
            fill(found[0], student)
        else:
            unknown.append(student)
    return unknown


def _cell_is(text: str, wanted: set[str]) -> bool:
    last = re.fullmatch(r"[^\d]+ ?(\d+)", text)
    return text in wanted or (last is not None and last[1] in wanted)


def _set(row: list[str], values: dict[int, object]) -> None:
    for at, value in values.items():
        row += [""] * (at + 1 - len(row))
        row[at] = cell(value)


def nbgrader(attempts: Sequence[Attempt]) -> str:
    """nbgrader's grades.csv, quoted as CSV should be; names of students are their ids."""
    head = "assignment duedate timestamp student_id last_name first_name email raw_score late_submission_penalty score max_score".split()  # noqa: SIM905
    rows: list[list[object]] = [[*head]]
    for a in attempts:
        when = datetime.datetime.fromtimestamp(a.time, datetime.UTC).strftime("%Y-%m-%d %H:%M:%S")
        rows.append([a.exercise, "", when, a.student, "", "", "", a.points, 0.0, a.points, a.of])
    return _written([[cell(one) for one in row] for row in rows])


def junit(attempts: Sequence[Attempt]) -> str:
    """JUnit XML: a suite per student and exercise, a case per check; where the grader itself failed, an error."""
    suites = ElementTree.Element("testsuites", name="course")
    for a in attempts:
        failed = sum(mark.outcome not in (PASSED, GRADER_FAILED) for mark in a.marks)
        errors = sum(mark.outcome == GRADER_FAILED for mark in a.marks)
        counts: dict[str, Any] = {"tests": str(len(a.marks)), "failures": str(failed), "errors": str(errors), "time": f"{a.seconds:.3f}"}
        suite = ElementTree.SubElement(suites, "testsuite", name=_xml(f"{a.student} {a.exercise}"), **counts)
        for mark in a.marks:
            case = ElementTree.SubElement(suite, "testcase", classname=a.exercise, name=mark.check, time=f"{mark.seconds:.3f}")
            if mark.outcome != PASSED:
                kind = "error" if mark.outcome == GRADER_FAILED else "failure"
                ElementTree.SubElement(case, kind, message=_xml(mark.message), type=mark.outcome).text = _xml(reading(mark))
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode") + "\n"


def _xml(text: str) -> str:
    """Text without the characters that XML 1.0 cannot hold."""
    return re.sub(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "?", text)


def summary(attempts: Sequence[Attempt]) -> str:
    """Markdown for GitHub's step summary: points of each exercise, and what each check that is missed says."""
    lines = ["| exercise | points | of |", "|---|---:|---:|"]
    lines += [f"| {a.exercise} | {a.points:g} | {a.of:g} |" for a in attempts]
    lines += [f"| **total** | **{sum(a.points for a in attempts):g}** | **{sum(a.of for a in attempts):g}** |", ""]
    for a in attempts:
        lines += [f"- {_markdown(f'{a.exercise}: {m.sentence} {m.outcome}. {m.message}')}" for m in a.marks if m.outcome != PASSED]
    return "\n".join(lines) + "\n"


def _markdown(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>|#!~&@])", r"\\\1", " ".join(text.split()))


WORKFLOW = """\
# Grades a student's repository on every push; the marks stand in the run's summary.
name: course
on: [push, workflow_dispatch]
permissions:
  contents: read
jobs:
  grade:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
          cache: pip
      # Where the course lies: a package name, a wheel, or git+https://…
      - run: python -m pip install "${{ vars.COURSE || 'course' }}"
      # The exit status tells whether grading ran, not whether the student passed.
      - run: course grade . --out marks
      - if: always()
        run: |
          course export summary marks >> "$GITHUB_STEP_SUMMARY"
          course export junit marks > marks/junit.xml
      - if: always()
        uses: actions/upload-artifact@v4
        with:
          name: marks
          path: marks
"""
SETUP = """\
#!/usr/bin/env bash
set -euo pipefail
apt-get update && apt-get install -y python3-venv libseccomp2
python3 -m venv /autograder/venv
/autograder/venv/bin/pip install -r /autograder/source/requirements.txt
"""
RUN = """\
#!/usr/bin/env bash
# Grades what the student uploaded. Exit status 2 of the first try: the container lacks a layer of isolation.
cd /autograder/source
out=$(mktemp -d)
grade() {{ /autograder/venv/bin/python -m course.cli grade /autograder/submission --out "$out"{only} "$@"; }}
grade || {{ [ $? -ne 2 ] || grade --weak-isolation; }}
/autograder/venv/bin/python -m course.cli export gradescope "$out" > /autograder/results/results.json
"""


def gradescope_zip(target: Path, stems: Sequence[str]) -> None:
    """A complete autograder for Gradescope: the course itself, what it needs, setup.sh and run_autograder.

    stems: the exercises of this assignment; none means all.
    """
    needed = [one for one in importlib.metadata.requires("course") or [] if "extra ==" not in one]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "setup.sh", SETUP, 0o755)
        _add(archive, "run_autograder", RUN.format(only="".join(f" --only {stem}" for stem in stems)), 0o755)
        _add(archive, "requirements.txt", "\n".join(needed) + "\n", 0o644)
        for path in sorted(material.HERE.rglob("*")):
            if path.suffix in (".py", ".html", ".po") and "material" not in path.relative_to(material.HERE).parts:
                _add(archive, f"course/{path.relative_to(material.HERE).as_posix()}", path.read_text("utf-8"), 0o644)
        for kind in ("lessons", "exercises"):
            for path in sorted((material.MATERIAL / kind).glob("*.py")):
                _add(archive, f"course/material/{kind}/{path.name}", path.read_text("utf-8"), 0o644)


def _add(archive: zipfile.ZipFile, name: str, text: str, mode: int) -> None:
    """A member with a fixed date, so that equal courses give equal zips."""
    member = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
    member.external_attr = (0o100000 | mode) << 16
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, text)
