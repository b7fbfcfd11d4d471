"""Whatever a submission does, it earns nothing by it, nothing of others is touched, and nothing of it is left behind.

One small file per attack in hostile/; a file answers "BREACH: ..." where its attack succeeds.
"""

import gc
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

from course.checks.mark import Outcome
from course.classroom.files import folder
from course.classroom.grade import grade_file
from course.classroom.submissions import HandIn
from course.wall.child import Limits
from course.wall.room import missing_layers

TESTS = Path(__file__).parent
QUICK = Limits(cpu_seconds=3, wall_seconds=15, memory_bytes=2 * 2**30)
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or bool(missing_layers()), reason="needs Landlock and seccomp"
)


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.stem) for path in sorted((TESTS / "hostile").glob("*.py"))]
)
def test_attack_earns_nothing(path, clean):
    found = grade_file("05_losses", path.read_bytes(), 6, clean, QUICK)
    assert sum(m.points for m in found) == 0
    assert Outcome.GRADER_FAILED not in {o.outcome for o in found}, found
    said = " ".join(f"{o.why} {o.came} {o.error} {o.printed}" for o in found)
    assert "BREACH" not in said and not set("\x1b\x9b") & set(said)
    texts = [text for m in found for text in (m.why, m.came, m.error, m.printed, m.line)]
    assert not [text for text in texts if re.search(r"^(::|##\[)", text, re.MULTILINE)]
    assert found[0].why and "Traceback" not in said
    assert len(said) < 100_000
    assert not Path("/tmp/course-breach").exists()


def test_the_next_student_is_not_touched(clean):
    solution = (TESTS / "solutions/05_losses.py").read_bytes()
    for name in ("patch_numpy", "kill_parent", "forge_answers"):
        grade_file("05_losses", (TESTS / "hostile" / f"{name}.py").read_bytes(), 6, clean, QUICK)
        assert {o.outcome for o in grade_file("05_losses", solution, 6, clean)} == {Outcome.PASSED}


FORGERIES = {
    "get_config lies": """
class Liar(layers.Dense):
    def get_config(self):
        return super().get_config() | {"activation": "sigmoid"}
Liar.__name__, Liar.__module__ = "Dense", "keras.layers"
def build_compact_model():
    return keras.Sequential([keras.Input((200,)), Liar(128), Liar(256), Liar(5, activation="softmax")])
""",
    "an identity named sigmoid, of Keras's own": """
def sigmoid(x): return x
sigmoid.__module__ = "keras.activations"
def build_compact_model():
    return keras.Sequential([keras.Input((200,)), layers.Dense(128, sigmoid), layers.Dense(256, sigmoid), layers.Dense(5, "softmax")])
""",
    "wired otherwise": """
class Wired(keras.Sequential):
    def call(self, x, **kwargs): return keras.ops.softmax(x[:, :5])
Wired.__module__ = "keras.models"
def build_compact_model():
    return Wired([keras.Input((200,)), layers.Dense(128, "sigmoid"), layers.Dense(256, "sigmoid"), layers.Dense(5, "softmax")])
""",
    "a record that only the clean room may write": """
import sys
def build_compact_model():
    m = sys.modules["course.wall.message"]
    sizes = [(200, 0, "linear"), (128, 25728, "sigmoid"), (256, 33024, "sigmoid"), (5, 1285, "softmax")]
    told = [m.Layer("Dense" if at else "InputLayer", {"activation": how}, [None, size], count, [at - 1] if at else [])
            for at, (size, count, how) in enumerate(sizes)]
    return m.Model("Sequential", True, told, [3], [], None)
""",
    "a Lambda layer": """
def build_compact_model():
    return keras.Sequential([keras.Input((200,)), layers.Dense(128), layers.Lambda(lambda x: x), layers.Dense(5)])
""",
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_model_that_is_told_otherwise_than_it_computes(name, clean):
    source = (TESTS / "solutions/04_sequential_model.py").read_text() + FORGERIES[name]
    found = {o.check: o for o in grade_file("04_sequential_model", source.encode(), 6, clean)}
    assert found["test_build_compact_model"].outcome != Outcome.PASSED
    assert found["test_build_model"].outcome == Outcome.PASSED


def test_no_process_descriptor_or_folder_is_left(clean, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    source = (TESTS / "solutions/05_losses.py").read_bytes()
    # A clean room that has served many files is changed for a new one: not in between.
    clean.close()
    grade_file("05_losses", source, 6, clean)
    me = psutil.Process()
    # What earlier tests left to the collector would be closed in between.
    gc.collect()
    before = me.num_fds(), len(me.children(recursive=True)), len(list(tmp_path.glob("course-*")))
    for _ in range(5):
        grade_file("05_losses", source, 6, clean)
        grade_file("05_losses", b"import os\nos._exit(0)", 6, clean)
    assert (
        me.num_fds(),
        len(me.children(recursive=True)),
        len(list(tmp_path.glob("course-*"))),
    ) == before


def test_files_beside_the_answer_are_not_read(tmp_path):
    for name in ("conftest.py", "sitecustomize.py", "pytest.ini", "05_losses.py"):
        (tmp_path / name).write_text("raise SystemExit(0)")
    assert [
        k
        for k, v in HandIn("x", lambda: folder(tmp_path)).sources(["05_losses"])
        if isinstance(v, bytes)
    ] == ["05_losses"]


def _reachable_by_others(path):
    return all(parent.stat().st_mode & 0o001 for parent in [path, *path.parents])


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.skipif(
    not _reachable_by_others(Path(sys.executable).resolve()),
    reason="the interpreter lies where others cannot run it",
)
def test_the_same_as_an_ordinary_user():
    words = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        str(Path(__file__)),
        "-k",
        "attack",
    ]
    quiet = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        words,
        user=65534,
        group=65534,
        extra_groups=[],
        env=quiet,
        cwd="/",
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-2000:]


def test_a_warm_process_that_dies_is_replaced(clean):
    source = (TESTS / "solutions/05_losses.py").read_bytes()
    grade_file("05_losses", source, 6, clean)
    os.kill(clean.warm.process.pid, 9)
    assert {o.outcome for o in grade_file("05_losses", source, 6, clean)} == {Outcome.PASSED}
