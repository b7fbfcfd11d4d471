"""Marks as platforms take them: pure functions from attempts (and a file that the platform gave) to text.

Formats: Gradescope's autograder specification; Classroom 50's result/v1; Canvas's gradebook and
Moodle's offline grading worksheet, which are filled in as they were downloaded; nbgrader's export;
JUnit XML; GitHub's step summary.
"""

import csv
import dataclasses
import datetime
import html
import importlib.metadata
import io
import json
import os
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from course import paths
from course.checks.mark import Mark, Outcome, lines, word
from course.classroom.book import cell, csv_text
from course.classroom.store import Attempt
from course.classroom.submissions import folded
from course.text import CourseError, Text, current_language, tr, translate


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
    seconds = round(sum(attempt.seconds for attempt in attempts), 2)
    head = {"execution_time": seconds, "test_output_format": "text", "stdout_visibility": "hidden"}
    if any(attempt.failed for attempt in attempts):
        # Without a score Gradescope says that the autograder failed, and gives no mark.
        told = tr("The grader itself failed on part of this; please tell your teacher.")
        return _json(head | {"output": told})
    return _json(head | {"output": output, "tests": tests})


def reading(mark: Mark) -> str:
    """What a student reads of a check, as lines."""
    outcome, why = word(mark.outcome), translate(mark.why)
    head = f"{outcome}: {why}" if why else outcome
    pairs = lines(mark, printed=1000)
    body = [f"{label}: {text}" for label, text in pairs if text != why]
    return "\n".join([head, *body])


def classroom50(
    attempts: Sequence[Attempt],
    environment: Mapping[str, str] = os.environ,
    now: datetime.datetime | None = None,
) -> str:
    """result.json of one student's checkout: scores are whole numbers there, so all are multiplied alike."""
    if not environment.get("CLASSROOM"):
        raise ExportError(
            "this form is for Classroom 50's own runner, which sets CLASSROOM and ASSIGNMENT: run it there."
        )
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
    # An empty address of the review is refused there.
    result["review"] = result["review"] or result["commit"]
    time = (now or datetime.datetime.now(datetime.UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
    total = {key: sum(test[key] for test in tests) for key in ("score", "max-score")}  # type: ignore[misc]
    return _json(result | {"datetime": time} | total | {"tests": tests})


def _json(data: Any) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


# --- files that a platform gave, filled in ---


@dataclasses.dataclass
class Sheet:
    """A platform's table of students: rows to fill in, and the columns by which a student is known."""

    rows: list[list[str]]
    delimiter: str
    ids: list[int]
    names: list[int]
    team: int | None = None
    # Whether the number in a hand-in's name must stand in the table.
    strict: bool = False
    unknown: list[str] = dataclasses.field(default_factory=list)

    def text(self) -> str:
        return csv_text(self.rows, self.delimiter)

    def rows_of(self, students: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        """Each student with each of their rows: of a team, several.

        A student without a row, with several, whose number and name disagree, or who claims
        another's row, is noted in `unknown` and gets none.
        """
        found = {student: self._rows_of(student) for student in students}
        claims = Counter(id(row) for rows in found.values() for row in rows)
        for student, rows in found.items():
            if not rows or any(claims[id(row)] > 1 for row in rows):
                self.unknown.append(student)
            else:
                yield from ((student, row) for row in rows)

    def _rows_of(self, student: str) -> list[list[str]]:
        match = re.fullmatch(r"(.*?) ?\(([^()]*)\)", student)
        name, number = (match[1], folded(match[2])) if match else (student, "")
        team = [
            row
            for row in self.rows
            if self.team is not None and _squeezed(_at(row, self.team)) == _squeezed(name)
        ]
        # What platforms put in front of a name, as in b10901001#_name.
        before, _, after = name.partition("#_")
        names = {name, after} - {""}
        ids = {number, folded(before if after else "")} - {""}
        known = [row for row in self.rows if ids & {_id(_at(row, at)) for at in self.ids}]
        named = [
            row
            for row in self.rows
            if any(same_name(one, _at(row, at)) for one in names for at in self.names)
            or (not number and folded(student) in {_id(_at(row, at)) for at in self.ids})
        ]
        anonymous = (
            not any(_at(row, at) for row in known for at in self.names)
            or NAMELESS.match(name)
            or not name
        )
        if team:
            return team
        if (
            known
            and len(known) == 1
            and (anonymous or known[0] in named or _id_in(name, known[0], self.ids))
        ):
            return known
        if not known and len(named) == 1 and not (number and self.strict):
            return named
        return []


# Names that platforms give where they hide the student's.
NAMELESS = re.compile(r"(Participant|參與者|anon\b)", re.IGNORECASE)


def _at(row: list[str], at: int) -> str:
    return row[at] if at < len(row) else ""


def _id(text: str) -> str:
    """An id as it is compared: "Participant 12" on Moodle's worksheet, in any language, is the 12 of its file names."""
    number = re.fullmatch(r"[^\d@]+ ?(\d+)", text)
    return folded(number[1] if number else text)


def _id_in(name: str, row: list[str], ids: list[int]) -> bool:
    """Whether a hand-in's name begins with one of the row's ids, as in b10901001#_name."""
    return bool(name) and folded(name.partition("#")[0]) in {_id(_at(row, at)) for at in ids}


def _squeezed(name: str) -> str:
    """A name without case, blanks and signs: platforms drop these from the names of files."""
    return re.sub(r"[\W_]", "", folded(name))


def same_name(given: str, row_name: str) -> bool:
    """Whether a file's name and a table's are one person's: "lovelaceada", "Ada Lovelace" and "Lovelace, Ada" are."""
    words = re.findall(r"[^\W_]+", folded(row_name))
    orders = [words, [*words[1:], *words[:1]], [*words[-1:], *words[:-1]]]
    return bool(words) and _squeezed(given) in {"".join(order) for order in orders}


def canvas(
    template: str, attempts: Sequence[Attempt], scale: bool = False
) -> tuple[str, list[str]]:
    """A gradebook exported from Canvas with our points filled in, and the students whose row was not found.

    A column whose title holds an exercise's name gets its points. Students are found by Canvas's id,
    SIS id or login, and their name must agree. A cell with EX stays.

    Raises ExportError for another file, and where points exceed what Canvas's column allows, unless `scale`.
    """
    rows, delimiter = _table(template)
    head = [title.removeprefix("\ufeff") for title in rows[0]] if rows else []
    first = ("Student" in head[0] or {"LastName", "FirstName"} <= set(head)) if head else False
    if len(head) < 4 or not first or "ID" not in head:
        raise ExportError(
            "this is not a Canvas gradebook: export it there (Grades, Export) and name that file."
        )
    stems = paths.exercise_stems()
    columns = {at: stem for at, title in enumerate(head) for stem in stems if stem in title}
    if not columns:
        raise ExportError(
            "no column of the gradebook contains an exercise's name, such as 05_losses: name the assignments that way in Canvas."
        )
    titles = ("ID", "SIS User ID", "SIS Login ID", "Integration ID")
    ids = [at for at, title in enumerate(head) if title in titles]
    limits = next((row for row in rows[1:3] if row and "Points Possible" in row[0]), [])
    of = {attempt.exercise: attempt.of for attempt in attempts}
    most = {}
    for at, stem in columns.items():
        most[at] = _number(_at(limits, at)) or of.get(stem, 0.0)
        _within_limit(stem, of.get(stem, 0.0), most[at], scale)
    people = [row for row in rows[1:] if row and row is not limits]
    if "LastName" in head:
        last, given = head.index("LastName"), head.index("FirstName")
        for row in people:
            row.append(f"{_at(row, given)} {_at(row, last)}")
        names = [len(people[0]) - 1] if people else []
    else:
        names = [0]
    sheet = Sheet(people, delimiter, ids, names)
    points = _points(attempts)
    for student, row in sheet.rows_of(points):
        for at, stem in columns.items():
            if stem in points[student] and _at(row, at).strip().upper() != "EX":
                factor = most[at] / of[stem] if scale and of[stem] else 1
                _set(row, {at: round(points[student][stem] * factor, 4)})
    if "LastName" in head:
        for row in people:
            row.pop()
    return csv_text(rows, delimiter), sheet.unknown


# Heads of Moodle's worksheet (mod/assign/gradingtable.php), in English and in Traditional Chinese (its language pack).
IDENTIFIER = ("Identifier", "識別碼")
FULL_NAME = ("Full name", "全名", "姓名")
GRADE = ("Grade", "成績", "分數")
MAXIMUM = ("Maximum Grade", "Maximum grade", "最高分數", "最高成績")
TEAM = ("Group", "群組", "小組")
FEEDBACK = ("Feedback comments", "回饋意見", "回饋評語", "回饋評論")
OTHER_IDS = ("Email address", "電子郵件位址", "電子郵件", "ID number", "學號", "Username", "帳號")


def moodle(
    template: str, attempts: Sequence[Attempt], scale: bool = False
) -> tuple[str, list[str]]:
    """Moodle's offline grading worksheet with grades and feedback filled in, and the students whose row was not found.

    The grade is the sum over the exercises graded. A row is found by the participant's number and
    name together, or by the team's name. Moodle stores feedback as HTML and reads CSV with the
    backslash as an escape: what a student wrote is escaped, so that it can neither add rows nor tags.

    Raises ExportError for another file, and where the points exceed the maximum, which Moodle would skip, unless `scale`.
    """
    rows, delimiter = _table(template)
    head = [title.removeprefix("\ufeff") for title in rows[0]] if rows else []
    identifier, grade = _column(head, *IDENTIFIER), _column(head, *GRADE)
    if grade is None or identifier is None:
        raise ExportError(
            "this is not a Moodle grading worksheet with the columns Identifier and Grade: download it from the assignment and name that file."
        )
    feedback, maximum = _column(head, *FEEDBACK), _column(head, *MAXIMUM)
    name = _column(head, *FULL_NAME)
    ids = [identifier, *(at for at, title in enumerate(head) if title in OTHER_IDS)]
    sheet = Sheet(
        rows[1:], delimiter, ids, [] if name is None else [name], _column(head, *TEAM), strict=True
    )
    messages, of = defaultdict[str, list[str]](list), defaultdict[str, float](float)
    for attempt in attempts:
        of[attempt.student] += attempt.of
        messages[attempt.student] += [
            f"{attempt.exercise}: {mark.sentence} {mark.message}" for mark in attempt.missed
        ]
    points = _points(attempts)
    # A sum without what the grader failed on would be too little.
    for student in {attempt.student for attempt in attempts if attempt.failed}:
        points.pop(student, None)
    for student, row in sheet.rows_of(points):
        total = sum(points[student].values())
        most = None if maximum is None else _number(_at(row, maximum))
        if most is not None:
            _within_limit(Text("The exercises"), of[student], most, scale)
            total *= most / of[student] if scale and of[student] else 1
        _set(row, {grade: round(total, 4)})
        if feedback is not None:
            _set(row, {feedback: _html("\n".join(messages[student]))})
    return csv_text(rows, delimiter), sheet.unknown


def _html(text: str) -> str:
    """Text as HTML in one line, without the sign that PHP's reader takes for an escape."""
    return html.escape(_xml(text)).replace("\\", "&#92;").replace("\n", "<br>").replace("\r", " ")


def _number(text: str) -> float | None:
    """A number as platforms write it, with a point or a comma; None where it is none."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None


def _within_limit(what: str, of: float, most: float, scale: bool) -> None:
    if of > most and not scale:
        raise ExportError(
            "{what} can earn {of} points, and the platform's column allows {most}: set its maximum to that, or add --scale to give each mark as a share of it.",
            what=what,
            of=f"{of:g}",
            most=f"{most:g}",
        )


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
            place = _attribute(f"{a.student}.{a.exercise}")
            case = f'classname={place} name={_attribute(mark.check)} time="{mark.seconds:.3f}"'
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
    head = tr("exercise"), tr("points"), tr("of")
    out = [f"| {' | '.join(head)} |", "|---|---:|---:|"]
    out += [f"| {a.exercise} | {a.points:g} | {a.of:g} |" for a in attempts]
    total = tr("total")
    out += [f"| **{total}** | **{points:g}** | **{of:g}** |", ""]
    for a in attempts:
        texts = (f"{a.exercise}: {m.sentence} {word(m.outcome)}. {m.message}" for m in a.missed)
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
        run = run.replace("@LANG@", current_language())
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
