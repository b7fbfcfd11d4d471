"""Each platform's form against a golden file; set COURSE_GOLDEN=write to write them anew, and look at the difference."""

import csv
import datetime
import io
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from course.checks.mark import Mark, Outcome
from course.classroom import platforms
from course.classroom.store import Attempt

GOLDEN = Path(__file__).parent / "golden"
CLASS = Path(__file__).parent.parent / "examples" / "class"
NOW = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)


def attempt(student, exercise, *marks, seconds=1.5):
    return Attempt(
        student,
        exercise,
        "d",
        1,
        list(marks),
        seconds,
        "3.12.0",
        "3.15.1",
        "0.1.0+x",
        NOW.timestamp(),
    )


PASSED = Mark(
    "test_mse",
    "mean_squared_error is the mean.",
    Outcome.PASSED,
    1.5,
    1.5,
    0.5,
    noted="Graded alone.",
)
FAILED = Mark(
    "test_rmse",
    "rmse is the root | of it.",
    "failed",
    0.0,
    1.0,
    0.25,
    "The square root is forgotten: <b>mse</b>.",
    "rmse([1, 2])",
    "0.25",
    "0.5",
    "line 3: return np.mean(…)",
)
HANGS = Mark(
    "test_mae",
    "mae is the mean distance.",
    "not reached",
    0.0,
    1.0,
    0.0,
    "An earlier check met this first.\x1b\x00",
)
BROKEN = Mark(
    "test_build", "build_model is right.", Outcome.GRADER_FAILED, 0.0, 2.0, 0.0, "OSError: no space"
)
ADA = [
    attempt("Lovelace, Ada", "04_sequential_model", BROKEN),
    attempt("Lovelace, Ada", "05_losses", PASSED, FAILED, HANGS),
]
CLASSMATES = [
    *ADA,
    attempt("王小明 (502)", "05_losses", PASSED, PASSED),
    attempt('O"Neil, Jr', "05_losses", PASSED),
    attempt("=cmd()", "05_losses", FAILED),
]


def template(name):
    return (GOLDEN / f"{name}-template.csv").read_text("utf-8")


FORMS = {
    "gradescope.json": lambda: platforms.gradescope(ADA[1:]),
    "classroom50.json": lambda: platforms.classroom50(
        ADA, {"CLASSROOM": "dl", "ASSIGNMENT": "hw5", "COMMIT_URL": "https://example.org/c"}, NOW
    ),
    "canvas.csv": lambda: platforms.canvas(template("canvas"), CLASSMATES)[0],
    "moodle.csv": lambda: platforms.moodle(template("moodle"), CLASSMATES)[0],
    "nbgrader.csv": lambda: platforms.nbgrader(CLASSMATES),
    "junit.xml": lambda: platforms.junit(CLASSMATES),
    "summary.md": lambda: platforms.summary(ADA),
    "workflow.yml": lambda: platforms.template("workflow.yml"),
}


@pytest.mark.parametrize("name", FORMS)
def test_form_is_the_golden_one(name):
    made, golden = FORMS[name]().encode(), GOLDEN / name
    if os.environ.get("COURSE_GOLDEN") == "write":
        golden.write_bytes(made)
    assert made == golden.read_bytes()


def test_gradescope_adds_up_and_is_honest():
    told = json.loads(platforms.gradescope(ADA[1:]))
    assert (
        sum(test["score"] for test in told["tests"]) == 1.5
        and sum(test["max_score"] for test in told["tests"]) == 3.5
    )
    assert "score" not in told


def test_gradescope_gets_no_mark_where_the_grader_itself_failed():
    told = json.loads(platforms.gradescope(ADA))
    assert "grader itself failed" in told["output"] and not {"score", "tests"} & told.keys()


def test_classroom50_has_whole_numbers():
    told = json.loads(platforms.classroom50(ADA, {"CLASSROOM": "dl"}, NOW))
    assert (told["score"], told["max-score"]) == (3, 11)
    assert all(isinstance(test["score"], int) for test in told["tests"])


def test_canvas_keeps_what_is_not_ours_and_names_who_is_missing():
    text, unknown = platforms.canvas(template("canvas"), CLASSMATES)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Essay (125)"] for row in rows] == ["20", "17", "", "", "12"]
    # Where the grader itself failed no mark is given.
    assert [row["Homework 4: 04_sequential_model (124)"] for row in rows] == ["10", "", "", "", ""]
    assert [row["05_losses (123)"] for row in rows] == [
        "14",
        "1.5",
        "3",
        "1.5",
        "",
    ] and unknown == ["=cmd()"]


def test_two_who_claim_one_row_get_nothing():
    twins = [
        attempt("Ada Lovelace", "05_losses", PASSED),
        attempt("Lovelace, Ada", "05_losses", PASSED),
    ]
    text, unknown = platforms.moodle(template("moodle"), twins)
    assert unknown == ["Ada Lovelace", "Lovelace, Ada"] and "1.5" not in text


@pytest.mark.parametrize(
    ("student", "found"),
    [
        ("Ada Lovelace (501)", True),
        ("Participant (501)", True),
        ("參與者 (501)", True),
        ("ada@example.org", True),
        ("Group 7 (501)", False),
        ("Ada Lovelace (502)", False),
        ("Ada Lovelace (777)", False),
    ],
)
def test_moodle_wants_number_and_name_to_agree(student, found):
    text, unknown = platforms.moodle(template("moodle"), [attempt(student, "05_losses", PASSED)])
    assert unknown == ([] if found else [student])
    grades = [row["Grade"] for row in csv.DictReader(io.StringIO(text))]
    assert grades == (["1.5", "", ""] if found else ["", "", ""])


def test_moodle_gives_a_teams_mark_to_all_of_the_team():
    head = "識別碼,全名,群組,成績,最高分數,回饋評語\n"
    rows = "參與者7,甲,B 組,,10,\n參與者8,乙,A 組,,10,\n參與者9,丙,A 組,,10,\n"
    text, unknown = platforms.moodle(head + rows, [attempt("A 組 (7)", "05_losses", PASSED)])
    assert [row["成績"] for row in csv.DictReader(io.StringIO(text))] == ["", "1.5", "1.5"]
    assert not unknown


def test_more_points_than_the_column_allows_are_refused_or_scaled():
    low = template("moodle").replace("24.00", "1.00")
    marks = [attempt("Ada Lovelace (501)", "05_losses", PASSED)]
    with pytest.raises(platforms.ExportError, match=r"1\.5 points.*--scale"):
        platforms.moodle(low, marks)
    text, _ = platforms.moodle(low, marks, scale=True)
    assert next(csv.DictReader(io.StringIO(text)))["Grade"] == "1"


EVIL = 'C:\\data\\" , \\",\r\n"Participant 502",x,y,z,100,"<script>\\'


def test_no_text_of_a_student_adds_a_row_as_php_reads_csv():
    wrong = Mark("test_rmse", "rmse.", "failed", 0.0, 1.0, 0.25, EVIL, error=EVIL)
    text, _ = platforms.moodle(
        template("moodle"), [attempt("Ada Lovelace (501)", "05_losses", wrong)]
    )
    assert "\\" not in text and len(text.splitlines()) == len(template("moodle").splitlines())
    php = shutil.which("php")
    if php is None:
        pytest.skip("PHP is not here to read it")
    script = "while (($row = fgetcsv(STDIN, 0, ',', '\"', '\\\\')) !== false) echo json_encode($row), \"\\n\";"
    read = subprocess.run(
        [php, "-r", script], input=text, capture_output=True, text=True, check=True
    )
    rows = [json.loads(line) for line in read.stdout.splitlines()]
    assert [row[0] for row in rows] == [
        "Identifier",
        *(f"Participant {n}" for n in (501, 502, 505)),
    ]
    assert {len(row) for row in rows} == {10} and rows[1][4] == "0" and "<script" not in rows[1][9]


def test_canvas_names_ids_and_numbers_agree():
    sheet = (
        "\ufeffStudent;ID;SIS User ID;SIS Login ID;Section;05_losses (1)\nPoints Possible;;;;;14\n"
    )
    sheet += (
        "王小明;77;b10901001;wang;A;EX\nLovelace, Ada;12;u1;ada@x.org;A;\nLi, Mei;13;u2;mei;A;\n"
    )
    students = ["b10901001#_王小明 (77)", "lovelaceada (12)", "Mei Li (12)", "Mei Li (mei)"]
    graded = [
        attempt(name, "05_losses", PASSED) for name in (students[0], students[1], students[3])
    ]
    text, unknown = platforms.canvas(sheet, graded)
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[5] for row in rows[2:]] == ["EX", "1.5", "1.5"] and not unknown
    assert rows[0][0] == "\ufeffStudent"
    assert platforms.canvas(sheet, [attempt(students[2], "05_losses", PASSED)])[1] == [students[2]]


def test_classroom50_refuses_outside_of_its_runner():
    with pytest.raises(platforms.ExportError, match="runner"):
        platforms.classroom50(ADA, {}, NOW)


def test_nbgrader_survives_quotes_and_formulas():
    rows = list(csv.DictReader(io.StringIO(platforms.nbgrader(CLASSMATES))))
    assert [row["student_id"] for row in rows[3:]] == ['O"Neil, Jr', "'=cmd()"] and rows[3][
        "score"
    ] == "1.5"


def test_junit_can_be_read():
    suites = ElementTree.fromstring(platforms.junit(CLASSMATES))
    assert len(suites) == 5 and suites[0].get("errors") == "1" and suites[1].get("failures") == "2"


@pytest.mark.parametrize("form", ["canvas", "moodle"])
def test_another_file_is_refused(form):
    with pytest.raises(platforms.ExportError, match=r"this is not"):
        getattr(platforms, form)("a,b\n1,2\n", ADA)


HOSTILE = """import pathlib
for place in ("@/results/results.json", "@/source/course/checks/judge.py"):
    try:
        pathlib.Path(place).write_text("owned")
    except OSError:
        pass
"""


@pytest.fixture(scope="module")
def autograder(tmp_path_factory):
    """A container's tree, set up from nothing by setup.sh: an environment that has what the course needs, and not the course."""
    root = tmp_path_factory.mktemp("autograder")
    platforms.gradescope_zip(root / "autograder.zip", ["05_losses"])
    with zipfile.ZipFile(root / "autograder.zip") as archive:
        names = archive.namelist()
        archive.extractall(root / "source")
    assert not [name for name in names if "solution" in name or "mistake" in name]
    (root / "results").mkdir()
    # No network here: the packages of this environment stand in for what pip would install. A folder
    # that a .pth file names is searched, but its own .pth files, such as that of the course, are not read.
    (root / "bin").mkdir()
    for name, script in {"apt-get": "", "python3.13": f'exec "{sys.executable}" "$@"'}.items():
        (root / "bin" / name).write_text(f"#!/bin/sh\n{script}\n")
        (root / "bin" / name).chmod(0o755)
    setup = (root / "source" / "setup.sh").read_text().replace("/autograder", str(root))
    install = f'{root}/venv/bin/pip install -r "$source/requirements.txt"'
    assert install in setup
    here = sysconfig.get_path("purelib")
    purelib = "import sysconfig; print(sysconfig.get_path('purelib'))"
    needed = f'echo "{here}" > "$({root}/venv/bin/python -c "{purelib}")/needed.pth"'
    setup = setup.replace(install, needed).replace("-m venv", "-m venv --without-pip")
    path = f"{root / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", setup], env={**os.environ, "PATH": path}, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    return root


# As a kernel without Landlock answers.
WITHOUT_LANDLOCK = """import errno, os, sys, pyseccomp
rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
for number in (444, 445, 446):
    rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), number)
rules.load()
os.execvp(sys.argv[1], sys.argv[1:])
"""


def graded_by(root, files, launcher=()):
    """results.json after an upload of these files, or None where there is none."""
    shutil.rmtree(root / "submission", ignore_errors=True)
    (root / "submission").mkdir()
    (root / "results" / "results.json").unlink(missing_ok=True)
    for name, text in files.items():
        (root / "submission" / name).write_text(text)
    run = (root / "source" / "run_autograder").read_text().replace("/autograder", str(root))
    subprocess.run([*launcher, "bash", "-c", run], cwd=root, capture_output=True)
    results = root / "results" / "results.json"
    return json.loads(results.read_text("utf-8")) if results.exists() else None


def score(told):
    return sum(test["score"] for test in told["tests"]), sum(t["max_score"] for t in told["tests"])


def test_the_course_is_not_installed_there(autograder):
    check = "import course; print(course.__file__)"
    run = [str(autograder / "venv/bin/python"), "-I", "-c", check]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(str(autograder / "source"))


def test_the_autograder_gives_right_wrong_empty_and_hostile_uploads_their_marks(autograder):
    right = (CLASS / "ada" / "05_losses.py").read_text("utf-8")
    assert score(graded_by(autograder, {"05_losses.py": right})) == (14, 14)
    assert score(graded_by(autograder, {"homework.py": right})) == (14, 14)
    assert score(graded_by(autograder, {})) == (0, 14)
    assert score(graded_by(autograder, {"05_losses.py": "x = 1"})) == (0, 14)
    judge = autograder / "source" / "course" / "checks" / "judge.py"
    before = judge.read_bytes()
    evil = HOSTILE.replace("@", str(autograder))
    assert score(graded_by(autograder, {"05_losses.py": evil})) == (0, 14)
    assert judge.read_bytes() == before


def test_without_landlock_the_autograder_is_safe_or_refuses(autograder):
    launcher = sys.executable, "-c", WITHOUT_LANDLOCK
    judge = autograder / "source" / "course" / "checks" / "judge.py"
    before, evil = judge.read_bytes(), HOSTILE.replace("@", str(autograder))
    told = graded_by(autograder, {"05_losses.py": evil}, launcher)
    assert judge.read_bytes() == before and (told is None or score(told) == (0, 14))
    right = (CLASS / "ada" / "05_losses.py").read_text("utf-8")
    # It refuses both, or none.
    graded = graded_by(autograder, {"05_losses.py": right}, launcher)
    assert (graded is None) == (told is None) and (graded is None or score(graded) == (14, 14))


def test_the_workflow_has_no_known_weakness(tmp_path):
    workflow = tmp_path / ".github" / "workflows" / "course.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text(platforms.template("workflow.yml"))
    zizmor = Path(sys.executable).with_name("zizmor")
    done = subprocess.run([zizmor, "--offline", workflow], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
