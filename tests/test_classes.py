"""Twenty made classes of each platform's form: every mark reaches its own student's row."""

import csv
import io
import random
import re

import pytest

from course.checks.mark import Mark, Outcome
from course.classroom import platforms
from course.classroom.files import Source
from course.classroom.store import Attempt
from course.classroom.submissions import students
from course.paths import exercise_stems

STEMS = exercise_stems()
FAMILY = ["王", "陳", "O'Neil", "van der Berg", "Lovelace", "林", "Smith, Jr.", "d’Arc", "Müller"]
GIVEN = ["小明", "Ada", "美玲", "José", "志豪", "Li-Mei", "Ann Marie", "怡君"]


def people(seed):
    """Twelve names, of which two are twins, each with a platform's number and a student number."""
    draw = random.Random(seed)
    names = [(draw.choice(FAMILY), draw.choice(GIVEN)) for _ in range(11)]
    numbers = draw.sample(range(2, 900), 12)
    return [
        {"family": f, "given": g, "id": n, "sid": f"b{10901000 + n}"}
        for (f, g), n in zip([*names, names[0]], numbers, strict=True)
    ]


def moodle_name(person):
    """mod/assign/classes/downloader.php takes these signs out of a name."""
    return re.sub(r"""[&<>"`|':\\/]""", "", f"{person['given']} {person['family']}")


def canvas_name(person):
    """lib/content_zipper.rb: the sortable name in lower case, word characters alone."""
    return re.sub(r"[^\w]", "", f"{person['family']}, {person['given']}".lower())


def graded(folder):
    """The attempts of a class in which each student's file holds their points."""
    for hand_in in students(folder, STEMS):
        source = dict(hand_in.sources(STEMS))["05_losses"]
        assert isinstance(source, Source)
        points = float(bytes(source))
        marks = [Mark("test_a", "a.", Outcome.PASSED, points, 14.0)]
        yield Attempt(hand_in.student, "05_losses", "d", 1, marks)


def write(root, name, points):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(str(points))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("blind", [False, True])
def test_moodle(tmp_path, seed, blind):
    head = "Identifier,Full name,Grade,Maximum Grade,Feedback comments"
    rows = []
    for points, person in enumerate(people(seed), 1):
        name = "參與者" if blind else moodle_name(person)
        write(tmp_path, f"{name}_{person['id']}_assignsubmission_file/05_losses.py", points)
        full = "" if blind else f"{person['given']} {person['family']}"
        rows.append([f"Participant {person['id']}", full, "", "14", ""])
    random.Random(seed).shuffle(rows)
    sheet = io.StringIO()
    csv.writer(sheet).writerows([head.split(","), *rows])
    text, unknown = platforms.moodle(sheet.getvalue(), list(graded(tmp_path)))
    found = {row["Identifier"]: row["Grade"] for row in csv.DictReader(io.StringIO(text))}
    assert not unknown
    assert found == {
        f"Participant {person['id']}": str(points) for points, person in enumerate(people(seed), 1)
    }


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("cool", [False, True])
def test_canvas_and_ntu_cool(tmp_path, seed, cool):
    rows = []
    for points, person in enumerate(people(seed), 1):
        name = (
            f"{person['sid']}#_{person['family']}{person['given']}" if cool else canvas_name(person)
        )
        late = "LATE_" if points % 3 == 0 else ""
        place = f"{re.sub('[/]', '', name)}_{late}{person['id']}_{5000 + points}_05_losses.py"
        write(tmp_path, place, points)
        row_name = f"{person['family']}, {person['given']}"
        rows.append([row_name, str(person["id"]), person["sid"], person["sid"], "A", ""])
    random.Random(seed).shuffle(rows)
    sheet = io.StringIO()
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "05_losses (9)"]
    csv.writer(sheet).writerows([head, ["Points Possible", "", "", "", "", "14"], *rows])
    text, unknown = platforms.canvas(sheet.getvalue(), list(graded(tmp_path)))
    found = {
        row["ID"]: row["05_losses (9)"] for row in csv.DictReader(io.StringIO(text)) if row["ID"]
    }
    assert not unknown
    assert found == {str(p["id"]): str(points) for points, p in enumerate(people(seed), 1)}


@pytest.mark.parametrize("seed", range(20))
def test_gradescope_and_teams_keep_students_apart(tmp_path, seed):
    """Twins have one name: Gradescope's student numbers tell them apart, and Teams itself does by folder."""
    listed = ["---"]
    for points, person in enumerate(people(seed), 1):
        name = f"{person['given']} {person['family']}".replace('"', "")
        write(tmp_path / "gradescope", f"submission_{person['id']}/05_losses.py", points)
        listed += [f"submission_{person['id']}:", "  :submitters:", f'  - :name: "{name}"', f"    :sid: {person['sid']}"]  # fmt: skip
        folder = f"Submitted files/{name} {person['id']}/HW"
        write(tmp_path / "teams", f"{folder}/Version 1/05_losses.py", 99)
        write(tmp_path / "teams", f"{folder}/Version 2/05_losses.py", points)
    (tmp_path / "gradescope" / "submission_metadata.yml").write_text("\n".join(listed))
    for form, key in (("gradescope", "sid"), ("teams", "id")):
        found = {attempt.student: attempt.points for attempt in graded(tmp_path / form)}
        assert len(found) == 12
        for points, person in enumerate(people(seed), 1):
            (own,) = [
                p for student, p in found.items() if re.search(rf"\b{person[key]}\b", student)
            ]
            assert own == points
