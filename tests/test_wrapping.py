"""A right answer is never lost to its wrapping: names, folders, encodings, notebooks, and code around the functions."""

import json
import zipfile

import nbformat
import pytest

from course.classroom import files
from course.classroom.files import Source, SubmissionError, archive, choose, folder
from course.classroom.grade import grade_file
from course.classroom.submissions import students
from course.paths import EXERCISES, exercise_stems
from course.script import translated
from course.text import pinned_language, translate
from course.wall.source import decoded

STEMS = exercise_stems()
RIGHT = '''import numpy as np


def mean_squared_error(y_true, y_pred):
    """平均平方誤差"""
    return np.mean((np.asarray(y_true) - np.asarray(y_pred)) ** 2)
'''


def write(root, files):
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def chosen(root, files, stem="05_losses"):
    return choose(folder(write(root, files)), stem)


# --- which file is meant ---


@pytest.mark.parametrize(
    "name",
    [
        "05_losses (1).py",
        "05_losses-2.py",
        "05_losses_wang.py",
        "b10901001_05_losses.py",
        "05_Losses.PY",
        "05_losses.py.txt",
        "05_losses - Copy.py",
        "「副本」05_losses.py",
        "\uff10\uff15_losses.py",
        "05 losses.py",
        "05-losses.ipynb",
        "5_losses.py",
        "losses.py",
        "05_lossesFinal.py",
        "05losses.py",
        "HW5_b10901001.py",
        "作業05.ipynb",
        "hw/week5/05_losses.py",
    ],
)
def test_a_name_that_can_mean_only_one_exercise_is_taken(tmp_path, name):
    found, notes = chosen(tmp_path, {name: RIGHT, "readme.txt": "x", "06_gradient_descent.py": "y"})
    assert found == name
    assert bool(notes) == (not name.endswith("/05_losses.py"))


@pytest.mark.parametrize(
    "name",
    [
        "lessons/05_losses.py",
        ".ipynb_checkpoints/05_losses-checkpoint.ipynb",
        "__MACOSX/._05_losses.py",
        "venv/lib/05_losses.py",
        "test_05_losses.py",
        "05_losses.backup-1.txt",
        "try_05_losses.py",
    ],
)
def test_what_is_not_the_students_is_never_taken(tmp_path, name):
    with pytest.raises(SubmissionError):
        chosen(tmp_path, {name: RIGHT})


def test_the_whole_folder_that_course_start_made_is_read(tmp_path):
    starter = (EXERCISES / "05_losses.py").read_text("utf-8")
    with pinned_language("zh-TW"):
        chinese = translated(starter)
    files = {
        "lessons/05_losses.py": "x",
        "exercises/05_losses.py": chinese.replace("\n", "\r\n"),
        "notebooks/exercises/05_losses.py": RIGHT,
    }
    assert chosen(tmp_path, files)[0] == "notebooks/exercises/05_losses.py"


def test_identical_copies_are_one_file_and_exercises_comes_first(tmp_path):
    files = {"a/05_losses.py": "x", "exercises/05_losses.py": "y", "b/05_losses.py": "x"}
    name, notes = chosen(tmp_path, files)
    assert name == "exercises/05_losses.py" and len(notes) == 2


def test_two_different_files_of_equal_right_are_an_error_that_names_both(tmp_path):
    with pytest.raises(SubmissionError, match=r"a/05_losses\.py and b/05_losses\.py"):
        chosen(tmp_path, {"a/05_losses.py": "x", "b/05_losses.py": "y"})


def test_a_packed_file_is_refused_by_name_with_what_to_do(tmp_path):
    with pytest.raises(SubmissionError, match=r"hw\.rar cannot be read: unpack it"):
        chosen(tmp_path, {"hw.rar": b"Rar!"})


def test_names_in_a_zip_of_a_chinese_windows_are_read(tmp_path):
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("AAAAAA/05_losses.py", RIGHT)
    path.write_bytes(path.read_bytes().replace(b"AAAAAA", "王小明".encode("cp950")))
    assert archive(path, "class.zip").names == ["王小明/05_losses.py"]


def test_zips_in_zips_share_one_bound(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "ZIP_BYTES", 3_000)
    for number in range(4):
        with zipfile.ZipFile(tmp_path / f"{number}.zip", "w") as zipped:
            zipped.writestr("x.bin", bytes(1_000))
    held = files.unpacked(folder(tmp_path)).names
    assert 1 <= len(held) < 4


# --- whose it is ---


def layout(root, files, **more):
    intake = students(write(root, files), STEMS, **more)
    found = {}
    for one in intake:
        source = dict(one.sources(STEMS))["05_losses"]
        found[one.student] = bytes(source).decode() if isinstance(source, Source) else None
    return str(intake.form), found, intake.unread


def test_moodle_with_groups_online_text_and_a_stray_file(tmp_path):
    form, found, unread = layout(
        tmp_path,
        {
            "王小明_501_assignsubmission_file/05_losses.py": "a",
            "王小明_501_assignsubmission_onlinetext/onlinetext.html": "see file",
            "參與者_502_assignsubmission_file_05_losses.py": "b",
            "Default group_assignsubmission_file/05_losses.py": "c",
            "grades.csv": "x",
        },
    )
    assert "Moodle" in form and unread == ["grades.csv"]
    assert found == {"王小明 (501)": "a", "參與者 (502)": "b", "Default group": "c"}


def test_canvas_with_versions_late_anonymous_underscores_and_other_files(tmp_path):
    form, found, unread = layout(
        tmp_path,
        {
            "lovelaceada_12_900_05_losses.py": "old",
            "lovelaceada_12_1000_05_losses-1.py": "new",
            "van_der_berg_LATE_13_901_05_losses.py": "b",
            "14_902_05_losses.py": "emoji",
            "anon_aB3xY_903_05_losses.py": "c",
            "LATE_anon_Zz9xY_904_05_losses.py": "d",
            "reng_15_905_homework.rar": "x",
            "text_16_906_text.html": "x",
            "turingalan_LATE_17_text.html": "typed in",
            "hoppergrace_18_link.html": "an address",
            "anon_Ab4_text.html": "typed in",
        },
    )
    assert "Canvas" in form and not unread
    assert found == {
        "lovelaceada (12)": "new",
        "van_der_berg (13)": "b",
        "(14)": "emoji",
        "anon aB3xY": "c",
        "anon Zz9xY": "d",
        "reng (15)": None,
        "text (16)": None,
        "turingalan (17)": None,
        "hoppergrace (18)": None,
        "anon Ab4": None,
    }


def test_ntu_cool_is_a_canvas_with_student_numbers(tmp_path):
    form, found, _ = layout(
        tmp_path,
        {
            "b10901001#_王小明_77_88_05_losses.py": "a",
            "b10901002#_陳_78_89_05_losses.py": "b",
            "第三組#_79_90_05_losses.py": "c",
        },
    )
    assert "Canvas" in form
    assert found == {"b10901001#_王小明 (77)": "a", "b10901002#_陳 (78)": "b", "第三組# (79)": "c"}


def test_teams_gives_the_newest_version(tmp_path):
    start = "Submitted files/Wang Ming/HW5"
    form, found, _ = layout(
        tmp_path,
        {
            f"{start}/Version 9/05_losses.py": "old",
            f"{start}/Version 10/05_losses.py": "new",
            "Working files/Wang Ming/HW5/05_losses.py": "draft",
        },
    )
    assert "Teams" in form and found == {"Wang Ming": "new"}


def test_a_flat_folder_of_files_with_students_names(tmp_path):
    form, found, unread = layout(
        tmp_path,
        {"b01_05_losses.py": "a", "王 05_losses.py": "b", "b01_06_gradient_descent.py": "c"},
    )
    assert "name" in form and found == {"b01": "a", "王": "b"} and not unread


def test_a_folder_around_a_class_and_zips_in_zips(tmp_path):
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as zipped:
        zipped.writestr("work/05_losses.py", "a")
    files = {"class/ada/hand-in.zip": inner.read_bytes(), "class/ben/05_losses.py": "b"}
    (tmp_path / "in" / "class" / "nobody").mkdir(parents=True)
    _, found, _ = layout(tmp_path / "in", files)
    assert found == {"ada": "a", "ben": "b", "nobody": None}


def test_a_teachers_own_pattern(tmp_path):
    _, found, unread = layout(
        tmp_path,
        {"week5@ada@05_losses.py": "a", "notes.md": "x"},
        names=r"week5@(?P<student>\w+)@(?P<file>.+)",
    )
    assert found == {"ada": "a"} and unread == ["notes.md"]


def test_two_hand_ins_that_differ_only_in_writing_are_told_and_cost_nobody_else(tmp_path):
    write(tmp_path, {"Ada/05_losses.py": "a", "ada /05_losses.py": "b", "ben/05_losses.py": "c"})
    intake = students(tmp_path, STEMS)
    assert [one.student for one in intake] == ["Ada", "ada  #2", "ben"]
    assert intake.twice == ["ada "]


# --- what of it runs ---


def marks(source, clean, name="05_losses.py", beside=None):
    data = source if isinstance(source, bytes) else source.encode()
    graded = grade_file("05_losses", Source(data, name, beside), 3, clean)
    return {mark.check: mark for mark in graded}


def notebook(*cells):
    return nbformat.writes(nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, cells)]))


def test_an_encoding_of_host_names_is_not_followed():
    """Its decoding takes the square of the length, in the process that grades."""
    source = b"# coding: punycode\nanswer = 'a-b9'\n"
    assert decoded(source) == source.decode()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp950"])
def test_encodings_of_windows_are_read(clean, encoding):
    assert marks(RIGHT.encode(encoding), clean)["test_mean_squared_error"].passed


AROUND = """import seaborn as sns
import numpy as np
data = open("data.csv").read()
name = input("name")

def mean_squared_error(y_true, y_pred):
    return np.mean((y_true - y_pred) ** 2)

print(mean_squared_error(1, "a"))
exit()

def mean_absolute_error(y_true, y_pred):
    return np.mean(np.abs(y_true - y_pred))
"""


def test_statements_that_raise_cost_only_themselves_and_are_told(clean):
    found = marks(AROUND, clean)
    assert found["test_mean_squared_error"].passed and found["test_mean_absolute_error"].passed
    noted = translate(found["test_slide_example"].noted)
    assert "Line 1 was left out: ModuleNotFoundError" in noted and "2 more lines" in noted


def test_what_failed_at_the_top_is_named_as_the_cause(clean):
    mark = marks("from keras.utils import to_catgorical as np\n" + RIGHT[19:], clean)[
        "test_mean_squared_error"
    ]
    assert "ImportError" in mark.error and str(mark.line).startswith("line 1: from keras.utils")


def test_training_and_waiting_at_the_top_are_ended(clean):
    waits = "import time\ntime.sleep(60)\n"
    loops = "x = 0\nwhile True:\n    x += 1\n"
    found = marks(waits + loops + RIGHT, clean)
    assert found["test_mean_squared_error"].passed
    assert "It only waited" in translate(found["test_slide_example"].noted)


def test_a_notebook_with_magics_shell_lines_and_a_broken_cell(clean):
    cells = (
        "%matplotlib inline\n!pip install seaborn\nfiles = !ls\n?print",
        "%%bash\nrm -rf nothing",
        "%%time\nimport numpy as np",
        "from google.colab import drive\ndrive.mount('/content/drive')",
        "def broken(:",
        "def mean_squared_error(y_true, y_pred):\n    return np.mean((y_true - y_pred) ** 2)",
        "display(mean_squared_error(np.zeros(2), np.ones(2)))",
        "import asyncio\nawait asyncio.sleep(0)\nDONE = 1",
        "def mean_absolute_error(y_true, y_pred):\n    return np.mean(np.abs(y_true - y_pred)) * DONE",
        "def slide_example():\n    return 1 / 0",
    )
    found = marks(notebook(*cells), clean, "05_losses.ipynb")
    assert found["test_mean_squared_error"].passed and found["test_mean_absolute_error"].passed
    mark = found["test_slide_example"]
    assert translate(mark.line) == "line 2 of code cell 10: return 1 / 0"
    assert "Line 1 of code cell 4 was left out" in translate(mark.noted)


def test_a_notebook_of_format_3_is_read(clean):
    cell = {"cell_type": "code", "input": RIGHT.splitlines(True), "language": "python", "outputs": [], "collapsed": False, "metadata": {}, "prompt_number": 1}  # fmt: skip
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [cell], "metadata": {}}]}  # fmt: skip
    assert marks(json.dumps(old), clean, "05_losses.ipynb")["test_mean_squared_error"].passed


def test_ipython_lines_in_a_file_of_python(clean):
    assert marks("%matplotlib inline\n" + RIGHT, clean)["test_mean_squared_error"].passed


def test_the_students_own_module_can_be_imported(clean):
    source = "from helpers import mean_squared_error\nfrom tools.more import x\n"
    beside = {"helpers.py": RIGHT.encode(), "tools/more.py": b"x = 1"}
    mark = marks(source, clean, beside=beside)["test_mean_squared_error"]
    assert mark.passed, mark


def test_a_syntax_error_says_where(clean):
    mark = marks(RIGHT + "\n\ndef f(:\n    pass\n", clean)["test_mean_squared_error"]
    assert "SyntaxError" in mark.error and str(mark.line).startswith("line 9: def f(:")


@pytest.mark.parametrize("number", ["x", -5, 10**30])
def test_what_a_notebook_says_of_its_cells_numbers_is_not_believed(clean, number):
    book = json.loads(notebook("1 / 0", RIGHT))
    for cell in book["cells"]:
        cell["metadata"] = {"cell": number}
    mark = marks(json.dumps(book), clean, "05_losses.ipynb")["test_mean_squared_error"]
    assert mark.passed and translate(mark.noted).startswith("Line 1 of code cell 1 was left out")


def test_a_broken_cell_is_the_cause_where_its_function_is_missing(clean):
    broken = notebook("import numpy as np", "def mean_squared_error(a, b):\n    return a +")
    mark = marks(broken, clean, "05_losses.ipynb")["test_mean_squared_error"]
    assert "SyntaxError" in mark.error and translate(mark.line).startswith("line 2 of code cell 2")


def test_what_is_left_out_because_of_an_earlier_line_is_not_told(clean):
    asks = "name = input()\nprint('hello', name)\n"
    noted = translate(marks(asks + RIGHT, clean)["test_mean_squared_error"].noted)
    assert "Line 1 was left out" in noted and "Line 2" not in noted
