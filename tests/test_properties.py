"""Whatever comes in, each student is accounted for, and no answer lifts the grader's memory or stops it."""

import io
import unicodedata
import zipfile

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from course.checks.check import load_checks
from course.checks.judge import _Judgement
from course.checks.mark import Outcome, from_plain, to_plain
from course.classroom.files import SubmissionError
from course.classroom.submissions import HandIn, Intake, folded, students
from course.paths import checks_of
from course.text import dump, load, printable, truncate

STEMS = ["05_losses"]
QUIET = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
# Names as people and platforms give them; what no file system takes is left out.
NAMES = st.text(
    st.characters(
        blacklist_categories=("Cs", "Cc", "Cf", "Zs", "Zl", "Zp"), blacklist_characters="/\\\0:#"
    ),
    min_size=1,
    max_size=20,
).filter(lambda name: name.strip(". ") and not name.startswith("."))


@QUIET
@given(st.dictionaries(NAMES, st.binary(max_size=200), min_size=2, max_size=6))
def test_each_folder_of_a_class_is_a_student(tmp_path_factory, files):
    # Names that differ in nothing but case and composition are one student's.
    assume(len({folded(name) for name in files}) == len(files))
    where = tmp_path_factory.mktemp("class")
    for name, content in files.items():
        (where / name).mkdir()
        (where / name / "05_losses.py").write_bytes(content)
    found = {h.student: dict(h.sources(STEMS))["05_losses"] for h in students(where, STEMS)}
    assert found == files


@QUIET
@given(st.binary(max_size=3_000), st.booleans())
def test_a_zip_of_anything_is_read_or_refused_by_name(tmp_path_factory, content, real):
    where = tmp_path_factory.mktemp("class")
    data = io.BytesIO()
    if real:
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr("05_losses.py", content)
    (where / "ada.zip").write_bytes(data.getvalue() if real else content)
    (where / "ben").mkdir()
    (where / "ben" / "05_losses.py").write_bytes(b"good")
    found = {h.student: dict(h.sources(STEMS))["05_losses"] for h in students(where, STEMS)}
    assert found["ben"] == b"good"
    assert found["ada"] == content if real else isinstance(found["ada"], SubmissionError)


def test_two_hand_ins_of_one_name_are_told_apart_and_said():
    intake = Intake("", [HandIn("ada", lambda: None), HandIn("ada", lambda: None)])
    assert [one.student for one in intake] == ["ada", "ada #2"] and intake.twice == ["ada"]


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=50)
ARRAYS = st.lists(st.integers(0, 4), max_size=3).map(lambda shape: np.ones(shape))
ANSWERS = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


class Deaf:
    """A room in which nothing is printed."""

    source, printed = b"", ""


@QUIET
@given(ANSWERS)
def test_any_answer_gets_a_mark(answer):
    for check in load_checks(checks_of("05_losses"), 1):
        judgement = _Judgement(check, Deaf())
        judgement.answers = [answer] * len(check.questions)
        mark = judgement._verdict()
        assert mark.outcome in (Outcome.FAILED, Outcome.PASSED)
        assert from_plain(to_plain(mark)) == mark


@QUIET
@given(st.text(max_size=300))
def test_texts_are_clean_and_survive_storing(text):
    clean = printable(text)
    assert not [c for c in clean if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\n"]
    assert not [line for line in clean.split("\n") if line.strip().startswith("::")]
    assert "##[" not in clean
    assert load(dump(clean)) == clean
    assert len(truncate(clean, 10)) <= 12
