"""The example class gets exactly these marks, and the grading side stays clean of what it grades."""

import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import psutil
import pytest

from course import paths
from course.checks.check import load_checks
from course.checks.judge import judge
from course.checks.mark import Mark, Outcome
from course.classroom import book, grade
from course.classroom.book import Book, write_csv
from course.classroom.files import archive, folder
from course.classroom.store import Attempt, Store, StoreError
from course.classroom.submissions import HandIn, students
from course.paths import checks_of, exercise_stems
from course.text import Text
from course.wall.child import remove

CLASS = Path(__file__).parent.parent / "examples" / "class"
HANDED_IN = ["01_forward_pass", "04_sequential_model", "05_losses"]
STEMS = exercise_stems()
MARKS = {
    "ada": ["8", "10", "14", "32"],
    "ben": ["0", "0", "0", "0"],
    "chen": ["8", "0", "0", "8"],
    "dora": ["0", "0", "2", "2"],
    "eve": ["0", "0", "0", "0"],
    "fay": ["8", "10", "0", "18"],
    "hana": ["8", "0", "14", "22"],
    "王小明": ["3", "0", "6", "9"],
}
SPY = """
import sys
from course import cli
status = cli.main(sys.argv[1:])
assert not {"tensorflow", "keras", "student"} & set(sys.modules), "the trusted process imported them"
sys.exit(status)
"""


def test_example_class(tmp_path):
    run = [sys.executable, "-c", SPY, "grade", str(CLASS), "--out", str(tmp_path), "--seed", "1"]
    done = subprocess.run(run, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    with (tmp_path / "gradebook.csv").open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = csv.reader(stream)
    assert head == ["student", *STEMS, "total", "of"]
    # The class hands in exercises 01, 04 and 05; ada all of them.
    marks = {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}
    assert {name: [own[stem] for stem in HANDED_IN] for name, own in marks.items()} == {
        name: own[:3] for name, own in MARKS.items()
    }
    assert {name: own["total"] for name, own in marks.items() if name != "ada"} == {
        n: own[3] for n, own in MARKS.items() if n != "ada"
    }
    of = sum(sum(one.points for one in load_checks(checks_of(stem), 1)) for stem in STEMS)
    assert marks["ada"]["total"] == marks["ada"]["of"] == f"{of:g}"
    with (tmp_path / "checks.csv").open(encoding="utf-8-sig", newline="") as stream:
        checks = list(csv.DictReader(stream))
    assert (
        len(checks) == 8 * sum(len(load_checks(checks_of(stem), 1)) for stem in STEMS)
        and "Next:" in done.stdout.splitlines()[-1]
    )
    first = {(row["student"], row["exercise"]): row for row in reversed(checks)}
    assert "never ends" in first["dora", "05_losses"]["message"]
    assert "Python ended here" in first["eve", "05_losses"]["message"]
    assert "never closed" in first["chen", "05_losses"]["message"]
    assert "05_losses.py is missing" in first["fay", "05_losses"]["message"]
    slow = [row for row in checks if row["student"] == "dora" and row["exercise"] == "05_losses"]
    assert [row["outcome"] for row in slow[:3]] == ["failed", "passed", "passed"]


def test_one_students_folder_is_a_class_of_one():
    assert [one.student for one in students(CLASS / "ada", STEMS)] == ["ada"] and len(
        students(CLASS, STEMS)
    ) == 8


def handed_in(where):
    """Exercise → source or reason, of the one student in a folder or zip."""
    return dict(
        HandIn(
            "x", lambda: archive(where, where.name) if where.suffix == ".zip" else folder(where)
        ).sources(STEMS)
    )


def test_two_files_for_one_exercise_are_named(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "05_losses.py").write_text(name)
    assert "a/05_losses.py and b/05_losses.py" in str(handed_in(tmp_path)["05_losses"])


def test_more_files_for_one_exercise_than_can_be_compared_are_refused(tmp_path):
    names = [f"{'_'.join(f'hw{n}' for n in range(1, 14))}_{at}.py" for at in range(30)]
    zipped(tmp_path / "z.zip", dict.fromkeys(names, "a"))
    assert "There are 30 files for 05_losses" in str(handed_in(tmp_path / "z.zip")["05_losses"])


def test_links_and_hostile_zips_are_refused(tmp_path):
    (tmp_path / "05_losses.py").symlink_to("/etc/passwd")
    assert "link" in str(handed_in(tmp_path)["05_losses"])
    zipped(tmp_path / "z.zip", {"../05_losses.py": ""})
    assert "outside its folder" in str(handed_in(tmp_path / "z.zip")["05_losses"])
    (tmp_path / "no.zip").write_bytes(b"no zip")
    assert "not a readable zip" in str(handed_in(tmp_path / "no.zip")["05_losses"])


def test_folders_without_end_do_not_keep_others_from_being_graded(tmp_path, request):
    # What clears temporary folders does not get to their end.
    request.addfinalizer(lambda: remove(tmp_path / "deeper"))
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "05_losses.py").write_text("a")
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("deeper", dir_fd=here)
        here, above = os.open("deeper", os.O_RDONLY, dir_fd=here), here
        os.close(above)
    os.close(here)
    assert handed_in(tmp_path / "ada")["05_losses"] == b"a"
    assert [one.student for one in students(tmp_path, STEMS)] == ["ada", "deeper"]
    assert handed_in(tmp_path)["05_losses"] == b"a"


@pytest.mark.parametrize("inside", ["Submitted files/ada/Version 9", "submission_7"])
def test_a_students_folder_does_not_say_how_the_class_is_laid_out(inside, tmp_path):
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "05_losses.py").write_text("a")
    for at in range(5):
        own = tmp_path / "mallory" / inside / str(at)
        own.mkdir(parents=True)
        (own / "05_losses.py").write_text("m")
    (tmp_path / "mallory" / "submission_metadata.yml").write_text("submission_7: {}")
    found = students(tmp_path, STEMS)
    assert [one.student for one in found] == ["ada", "mallory"]
    assert dict(found[0].sources(STEMS))["05_losses"] == b"a"


@pytest.mark.parametrize("value", ["!!timestamp abc", "!!bool foo", "[" * 3000])
def test_a_broken_list_of_names_costs_the_names_alone(value, tmp_path):
    own = tmp_path / "submission_7"
    own.mkdir()
    (own / "05_losses.py").write_text("a")
    (tmp_path / "submission_metadata.yml").write_text(f"a: {value}")
    (found,) = students(tmp_path, STEMS)
    assert (found.student, dict(found.sources(STEMS))["05_losses"]) == ("submission_7", b"a")


def test_a_module_with_an_endless_name_is_not_taken_along(tmp_path):
    zipped(tmp_path / "z.zip", {"05_losses.py": "a", f"{'學' * 90}.py": "", "other.py": ""})
    assert list(handed_in(tmp_path / "z.zip")["05_losses"].beside) == ["other.py"]


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    zipped(tmp_path / "z.zip", {"05_losses.py": "#" * 30_000_000})
    assert "larger than 1 MiB" in str(handed_in(tmp_path / "z.zip")["05_losses"])


def zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as one:
        for name, text in members.items():
            one.writestr(name, text)


def inner_zip(members):
    data = io.BytesIO()
    zipped(data, members)
    return data.getvalue()


PLATFORMS = {
    "moodle": (
        {
            "王小明_12_assignsubmission_file_/05_losses.py": "a",
            "Ada O'Neil, Jr_13_assignsubmission_file_/hw/05_losses.py": "b",
            "=cmd_14_assignsubmission_file_/work.zip": inner_zip({"05_losses.py": "c"}),
            "Flat_15_assignsubmission_file_05_losses.py": "d",
        },
        {"王小明 (12)": b"a", "Ada O'Neil, Jr (13)": b"b", "=cmd (14)": b"c", "Flat (15)": b"d"},
    ),
    "canvas": (
        {
            "lovelaceada_123_456_05_losses-2.py": "a",
            "chen_LATE_124_457_05_losses.py": "b",
            "wang_125_458_hand-in.zip": inner_zip({"my work/05_losses.py": "c"}),
            "lovelaceada_123_459_notes.pdf": "x",
        },
        {"lovelaceada (123)": b"a", "chen (124)": b"b", "wang (125)": b"c"},
    ),
    "gradescope": (
        {
            "assignment_9_export/submission_7/05_losses.py": "a",
            "assignment_9_export/submission_8/exercises/05_losses.py": "b",
            "assignment_9_export/submission_metadata.yml": """
submission_7:
  :submitters:
  - :name: 王小明
    :sid: '1001'
    :email: w@example.org
submission_8:
  :submitters:
  - :name: "Ada \\"A\\" Lovelace"
    :email: ada@example.org
""",
        },
        {"王小明 (1001)": b"a", 'Ada "A" Lovelace (ada@example.org)': b"b"},
    ),
    "folders in a zip": (
        {"ada/05_losses.py": "a", "ben/x/05_losses.py": "b"},
        {"ada": b"a", "ben": b"b"},
    ),
    "one student's zip": (
        {"work/05_losses.py": "a", "work/01_forward_pass.py": "b"},
        {"class": b"a"},
    ),
}


@pytest.mark.parametrize(("members", "expected"), PLATFORMS.values(), ids=PLATFORMS)
@pytest.mark.parametrize("unpacked", [False, True])
def test_exports_of_platforms_are_read(members, expected, unpacked, tmp_path):
    where = tmp_path / "class.zip"
    zipped(where, members)
    if unpacked:
        with zipfile.ZipFile(where) as one:
            one.extractall(tmp_path / "class")
        where = tmp_path / "class"
    found = {one.student: dict(one.sources(STEMS))["05_losses"] for one in students(where, STEMS)}
    if unpacked and "class" in expected:
        expected = {"work": b"a"}
    assert found == expected


def test_a_hostile_archive_is_refused_by_name_and_the_rest_is_read(tmp_path):
    zipped(tmp_path / "evil.zip", {"../../05_losses.py": "x"})
    (tmp_path / "broken.zip").write_bytes(b"PK")
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "05_losses.py").write_text("good")
    found = {
        one.student: dict(one.sources(STEMS))["05_losses"] for one in students(tmp_path, STEMS)
    }
    assert found["ada"] == b"good" and "evil.zip contains a path" in str(found["evil"])
    assert "broken.zip is not a readable zip" in str(found["broken"])


def test_a_folder_and_a_zip_of_one_name_are_both_kept(tmp_path):
    (tmp_path / "ada").mkdir()
    zipped(tmp_path / "ada.zip", {"05_losses.py": "x"})
    assert [one.student for one in students(tmp_path, STEMS)] == ["ada", "ada.zip"]


def test_formulas_are_neutralised(tmp_path):
    write_csv(tmp_path / "x.csv", [["=1+1", 'O"Neil, Jr', -2.5]])
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert next(csv.reader(stream)) == ["'=1+1", 'O"Neil, Jr', "-2.5"]


# --- the store ---


def attempt(student, exercise="05_losses", points=1.0, outcome=Outcome.PASSED, **more):
    why = Text("It is {given}.", given="\ud800 half")
    marks = [Mark("test_a", Text("A."), outcome, points, 2.0, 0.1, why=why)]
    return Attempt(student, exercise, more.pop("digest", "d"), 1, marks, course="v", **more)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "a.sqlite")


def test_the_store_keeps_every_attempt_and_shows_the_last(store):
    store.add(attempt("王 \udcff", points=0.0))
    store.add(attempt("王 \udcff", points=2.0))
    store.add(attempt("=1+1"))
    shown = [(a.student, a.points) for a in Book(store).attempts]
    assert shown == [("=1+1", 1.0), ("王 \\udcff", 2.0)]
    assert store.db.execute("SELECT count(*) FROM attempts").fetchone() == (3,)


def test_the_store_knows_a_file_by_content_seed_and_course(store):
    store.add(attempt("ada"))
    assert store.has("ada", "05_losses", "d", 1, "v")
    for digest, seed, course in (("e", 1, "v"), ("d", 2, "v"), ("d", 1, "w")):
        assert not store.has("ada", "05_losses", digest, seed, course)


def test_where_the_grader_failed_a_file_is_graded_again(store):
    store.add(attempt("broken", outcome=Outcome.GRADER_FAILED))
    assert not store.has("broken", "05_losses", "d", 1, "v")


def test_a_run_goes_on_with_its_seed(store):
    assert store.seed(None, 7) == 7 and store.seed(None, 8) == 7
    assert store.seed(9, 8) == 9 and store.seed(None, 1) == 9


def test_messages_are_stored_as_templates_and_read_in_any_language(store, monkeypatch):
    mark = Mark("c", Text("A."), Outcome.FAILED, 0.0, 1.0, why=Text("{what} is None.", what="w"))
    store.add(Attempt("ada", "05_losses", "d", 1, [mark]))
    monkeypatch.setenv("COURSE_LANG", "zh-TW")
    assert Book(store).attempts[0].marks[0].why == "w：得到 None。"
    monkeypatch.setenv("COURSE_LANG", "en")
    assert Book(store).attempts[0].marks[0].why == "w is None."


def test_a_store_of_an_earlier_version_is_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / "attempts.sqlite") as db:
        db.execute("CREATE TABLE attempts (id INTEGER)")
    with pytest.raises(StoreError, match="version is 0"):
        Store(tmp_path / "attempts.sqlite")


def test_the_gradebook_has_a_row_per_student_and_a_column_per_exercise(tmp_path, store):
    store.add(attempt("ada", points=2.0))
    store.add(attempt("ada", "06_gradient_descent", points=0.5))
    store.add(attempt("ben", "06_gradient_descent"))
    book.write(tmp_path, Book(store))
    with (tmp_path / "gradebook.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream)) == [
            ["student", "05_losses", "06_gradient_descent", "total", "of"],
            ["ada", "2", "0.5", "2.5", "4"],
            ["ben", "", "1", "1", "2"],
        ]


def test_what_is_no_store_is_left_alone(tmp_path):
    (tmp_path / "attempts.sqlite").write_text("my own notes " * 100)
    run = grader(CLASS / "ben", tmp_path)
    assert run.wait() == 2 and b"is not a store of attempts" in run.stderr.read()
    assert (tmp_path / "attempts.sqlite").read_text().startswith("my own notes")


def grader(where, out, *more):
    """`course grade`, running."""
    command = [sys.executable, "-m", "course.cli", "grade", str(where), "--out", str(out), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def marks_in(out):
    return [
        (a.student, a.exercise, [(m.check, m.outcome, m.points) for m in a.marks])
        for a in Book(Store(out / "attempts.sqlite")).attempts
    ]


@pytest.fixture(scope="module")
def small_class(tmp_path_factory):
    """Twelve students with one light file each, some wrong, one that never ends; and the marks of an undisturbed run."""
    where = tmp_path_factory.mktemp("small")
    solution = (CLASS / "ada" / "01_forward_pass.py").read_text("utf-8")
    for number in range(12):
        (where / f"s{number:02}").mkdir()
        more = {
            3: "\ndef neuron(x, w, b):\n    return 0\n",
            7: "\ndef neuron(x, w, b):\n    while True:\n        pass\n",
        }.get(number, "")
        (where / f"s{number:02}" / "01_forward_pass.py").write_text(solution + more, "utf-8")
    out = tmp_path_factory.mktemp("undisturbed")
    assert grader(where, out, "--seed", "5", "-j1").wait() == 0
    return where, marks_in(out)


def test_a_killed_grader_goes_on_where_it_was(small_class, tmp_path):
    """Killed three times without warning: what was stored stays, nothing is graded twice, and every mark is the same."""
    where, expected = small_class
    for stored in (20, 50, 80):
        run = grader(where, tmp_path, "--seed", "5", "-j2")
        while run.poll() is None and count(tmp_path) < stored:
            time.sleep(0.02)
        run.send_signal(signal.SIGKILL)
        run.wait()
        assert count(tmp_path) >= stored
    assert grader(where, tmp_path, "-j2").wait() == 0
    assert marks_in(tmp_path) == expected
    with sqlite3.connect(tmp_path / "attempts.sqlite") as db:
        assert db.execute("SELECT count(*) FROM attempts").fetchone() == (12 * len(STEMS),)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_an_ended_grader_leaves_no_process(number, tmp_path):
    """A file loops and ignores the signals that it may: once the grader is gone, everything that it began is gone too."""
    student = tmp_path / "class" / "s01"
    student.mkdir(parents=True)
    loop = "import signal\n\n\ndef weighted_sum(x, w, b):\n    open('here', 'w').close()\n"
    loop += "    signal.signal(signal.SIGINT, signal.SIG_IGN)\n    while True:\n        pass\n"
    (student / "01_forward_pass.py").write_text(loop, "utf-8")
    run = grader(tmp_path / "class", tmp_path / "out", "-j1")
    # At work: a child of the warm process has used a second of its own.
    while not any(depth > 1 and cpu(one) > 1 for one, depth in family(run.pid)):
        assert run.poll() is None
        time.sleep(0.05)
    began = {one.pid: one for one, _ in family(run.pid)}
    assert len(began) >= 2
    run.send_signal(number)
    run.wait(5)
    _, alive = psutil.wait_procs(list(began.values()), timeout=5)
    assert not alive


def family(pid):
    """The living descendants of a process, each with its distance."""
    found, near = [], [psutil.Process(pid)]
    for depth in range(1, 4):
        near = [one for parent in near for one in children(parent)]
        found += [(one, depth) for one in near]
    return found


def cpu(process):
    """The seconds that a process has used, 0 when it has ended."""
    try:
        return process.cpu_times().user
    except psutil.NoSuchProcess:
        return 0


def children(parent):
    try:
        return [one for one in parent.children() if one.status() != psutil.STATUS_ZOMBIE]
    except psutil.NoSuchProcess:
        return []


def count(out):
    try:
        with sqlite3.connect(f"file:{out / 'attempts.sqlite'}?mode=ro", uri=True, timeout=10) as db:
            return db.execute("SELECT count(*) FROM attempts").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


@pytest.mark.slow
def test_two_graders_on_one_folder_do_not_harm_each_other(small_class, tmp_path):
    where, expected = small_class
    both = [grader(where, tmp_path, "--seed", "5", "-j1") for _ in range(2)]
    assert [one.wait() for one in both] == [0, 0] and marks_in(tmp_path) == expected


@pytest.mark.slow
def test_an_unchanged_file_is_not_graded_again(small_class, tmp_path):
    where, expected = small_class
    assert grader(where, tmp_path, "--seed", "5").wait() == 0
    before = count(tmp_path)
    assert grader(where, tmp_path).wait() == 0 and count(tmp_path) == before
    with (where / "s00" / "01_forward_pass.py").open("a") as stream:
        stream.write("\n# changed\n")
    assert grader(where, tmp_path).wait() == 0 and count(tmp_path) == before + 1
    assert grader(where, tmp_path, "--regrade").wait() == 0 and count(tmp_path) == 2 * before + 1
    assert marks_in(tmp_path) == expected


def test_a_cluster_gives_the_same_marks_though_a_worker_is_killed(small_class, tmp_path):
    """A real scheduler and two workers on loopback; one is killed while it grades."""
    where, expected = small_class
    quiet = {
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "env": os.environ | {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"},
    }
    address = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m"]
    options = ["--scheduler-file", str(address), "--no-dashboard"]
    scheduler = subprocess.Popen(
        [*dask, "distributed.cli.dask_scheduler", "--port", "0", "--host", "127.0.0.1", *options],
        **quiet,
    )
    while not address.exists():
        time.sleep(0.1)
    start = [
        *dask,
        "distributed.cli.dask_worker",
        *options,
        "--nthreads",
        "1",
        "--no-nanny",
        "--local-directory",
        str(tmp_path),
    ]
    workers = [subprocess.Popen(start, **quiet) for _ in range(2)]
    try:
        where_it_listens = json.loads(address.read_text())["address"]
        run = grader(where, tmp_path / "out", "--seed", "5", "--dask", where_it_listens)
        while run.poll() is None and count(tmp_path / "out") < 30:
            time.sleep(0.02)
        workers[0].send_signal(signal.SIGKILL)
        assert run.wait() == 0, run.stderr.read()
        assert marks_in(tmp_path / "out") == expected
    finally:
        for one in (*workers, scheduler):
            one.kill()


def test_a_worker_that_cannot_isolate_refuses(monkeypatch):
    monkeypatch.setattr(grade, "missing_layers", lambda: ["no network"])
    with pytest.raises(OSError, match="cannot isolate student code fully"):
        grade.grade_here("05_losses", b"", 1)


def test_a_starter_that_runs_is_not_begun_for_a_class_either(clean):
    """The programs of exercise 12 run and are wrong as they are handed out; what right code in it would earn is kept."""
    starter = (paths.EXERCISES / "12_repair.py").read_bytes()
    marks = grade.grade_file("12_repair", starter, 1, clean)
    assert {mark.outcome for mark in marks} == {Outcome.NOT_ATTEMPTED}
    changed = grade.grade_file("12_repair", starter + b"\nmine = 1\n", 1, clean)
    assert Outcome.FAILED in {mark.outcome for mark in changed}


def test_what_is_right_in_the_course_s_own_cells_is_counted(clean):
    solution = (CLASS / "ada" / "03_activations.py").read_bytes()
    with grade.room_of("03_activations", solution, 1, clean) as room:
        room.untouched = True
        check, *_ = load_checks(checks_of("03_activations"), 1)
        assert judge(check, room).passed
