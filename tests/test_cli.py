"""The command, the lessons and the wheel, run as users run them."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from course import cli, script
from course.checks import (
    Miss,
    Row,
    close,
    compiled_as,
    explain,
    history_of,
    same_summary,
    table,
    verify,
)
from course.paths import exercise_stems
from course.wall.message import Compiled, History, KerasObject, Layer, Model

ROOT = Path(__file__).parent.parent


def course(*words, cwd):
    return subprocess.run(
        [sys.executable, "-m", "course.cli", *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_start_list_and_wrong_use(tmp_path):
    assert course("start", "mine", cwd=tmp_path).returncode == 0
    mine = tmp_path / "mine"
    (mine / "exercises" / "05_losses.py").write_text("# my own work\n")
    assert "kept" in course("start", "mine", cwd=tmp_path).stdout
    assert (mine / "exercises" / "05_losses.py").read_text() == "# my own work\n"
    listed = course(cwd=mine)
    assert listed.returncode == 0 and listed.stdout.splitlines()[-1].startswith(
        "Next: course lesson 01_forward_pass"
    )
    for words, says in (
        (["lesson", "05_loses"], "Did you mean: course lesson 05_losses"),
        (["check", "05_loses"], "Did you mean: course check 05_losses"),
        (["grade", "nowhere", "--out", "o"], "does not exist"),
        (["grade", ".", "--out", "o", "--limit", "cpu=2"], "NAME is one of"),
    ):
        wrong = course(*words, cwd=mine)
        assert wrong.returncode == 2 and says in wrong.stderr and "Traceback" not in wrong.stderr
    assert course("check", cwd=tmp_path).returncode == 2


def test_the_way_to_the_folder_with_the_exercises(tmp_path):
    for here, says in ((tmp_path, "course start my-course"), (ROOT, "course start my-course")):
        wrong = course("check", "05", cwd=here)
        assert wrong.returncode == 2 and says in wrong.stderr, wrong.stderr
    assert course("start", "mine", cwd=tmp_path).returncode == 0
    assert course("watch", cwd=tmp_path).stderr.strip().endswith("Type: cd mine")
    assert course("list", cwd=tmp_path).stdout.strip().endswith("Next: cd mine")
    assert (
        course("check", cwd=tmp_path / "mine" / "exercises").stderr.strip().endswith("Type: cd ..")
    )
    for checks in (tmp_path / "mine" / "exercises").glob("test_*.py"):
        checks.unlink()
    assert "course start ." in course("check", "05", cwd=tmp_path / "mine").stderr
    put_back = f"mine: {len(exercise_stems())} new files"
    assert course("start", ".", cwd=tmp_path / "mine").stdout.startswith(put_back)


def test_a_folder_keeps_its_language(tmp_path):
    started = course("start", "mine", "--lang", "zh-TW", cwd=tmp_path)
    assert started.returncode == 0
    environment = {name: value for name, value in os.environ.items() if name != "COURSE_LANG"} | {
        "LANG": "en_US.UTF-8"
    }
    command = [sys.executable, "-m", "course.cli", "list"]
    listed = subprocess.run(
        command,
        cwd=tmp_path / "mine",
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
    )
    assert "下一步" in listed.stdout and "Next" not in listed.stdout


def test_answers_without_keras(tmp_path):
    script = "import sys; from course import cli; cli.main([]); assert not {'keras', 'tensorflow', 'numpy', 'pandas', 'pytest', 'textual'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True)


def test_a_lesson_runs_and_saves_its_plots(tmp_path):
    """One of them: test_notebooks runs every lesson, once."""
    run = course("lesson", "05", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "plots" / "05_losses-1.png").stat().st_size > 10_000
    assert run.stdout.splitlines()[-1].startswith("Next:")


def test_verify_finds_what_does_not_hold(tmp_path, monkeypatch, capsys):
    """A mistake that claims the wrong check, one whose sentence nobody says, and a solution that fails are each named."""
    for kind in ("solutions", "mistakes", "alternatives"):
        shutil.copytree(verify.TESTS / kind, tmp_path / kind)
    stem = "01_forward_pass"
    monkeypatch.setattr(verify, "TESTS", tmp_path)
    mistakes = tmp_path / "mistakes" / stem
    body = "\n\ndef neuron(x, w, b):\n    return x @ w + b\n"
    (mistakes / "claims.py").write_text(
        f'"""Misses: test_set_neuron\nSays: sigmoid\n"""{body}', "utf-8"
    )
    (mistakes / "silent.py").write_text(
        f'"""Misses: test_neuron\nSays: nobody says this\n"""{body}', "utf-8"
    )
    assert cli.main(["verify", "1"]) == 1
    said = capsys.readouterr().out
    assert "mistake claims: misses test_neuron" in said and "mistake silent: nothing says" in said
    solution = tmp_path / "solutions" / f"{stem}.py"
    solution.write_text(solution.read_text("utf-8") + body, "utf-8")
    assert cli.main(["verify", "1"]) == 1
    assert "solution, seed 1: test_neuron is missed" in capsys.readouterr().out


def test_doctor(tmp_path):
    run = course("doctor", cwd=tmp_path)
    assert run.returncode == 0 and "isolation:" in run.stdout and "devices: CPU" in run.stdout


def test_wheel_carries_lessons_and_checks_but_no_solution(tmp_path):
    build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for stem in exercise_stems():
        assert (
            f"course/material/exercises/{stem}.py" in names
            and f"course/material/exercises/test_{stem}.py" in names
        )
    assert not [
        n for n in names if "solution" in n or "mistake" in n or n.startswith(("tests", "examples"))
    ]
    target = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(target)
    run = f"import sys; sys.path.insert(0, {str(target)!r}); from course import cli; sys.exit(cli.main(['start', 'x']))"
    subprocess.run([sys.executable, "-c", run], cwd=tmp_path, check=True)
    assert len(list((tmp_path / "x" / "exercises").glob("*.py"))) == 2 * len(exercise_stems())


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (
            "ModuleNotFoundError: No module named 'keras.layers.core'",
            "from keras.layers import Dense",
        ),
        ("ValueError: Argument(s) not recognized: {'lr': 0.01}", "learning_rate"),
        (
            "TypeError: TensorFlowTrainer.fit() got an unexpected keyword argument 'nb_epoch'",
            "epochs=30",
        ),
        (
            "ModuleNotFoundError: No module named 'keras.layers.advanced_activations'",
            "import LeakyReLU",
        ),
        ("ModuleNotFoundError: No module named 'keras.utils.np_utils'", "to_categorical"),
        (
            "AttributeError: module 'keras.layers' has no attribute 'MaxoutDense'",
            "keras.layers.Maximum",
        ),
        ("ValueError: Could not interpret loss identifier: logloss", "binary_crossentropy"),
        ("ValueError: You must call `compile()` before using the model.", "model.compile"),
        (
            "ValueError: Arguments `target` and `output` must have the same rank (ndim).",
            "sparse_categorical",
        ),
        (
            "ValueError: Argument `output` must have rank (ndim) `target.ndim - 1`.",
            "one-hot labels write",
        ),
        ("SyntaxError: invalid character '‘' (U+2018)", "straight quotes"),
        ("SyntaxError: invalid decimal literal", "learning_rate"),
    ],
)
def test_old_spellings_are_explained(error, says):
    assert says in explain(error)


def model_of(activation, loss="mse"):
    layer = Layer("Dense", {"activation": activation}, [None, 5], 15, [0])
    start = Layer("InputLayer", {}, [None, 2], 0, [])
    compiled = Compiled(
        KerasObject("function", loss, {}),
        [KerasObject("metric", "accuracy", {})],
        KerasObject("optimizer", "SGD", {"learning_rate": 0.01}),
    )
    return Model("Sequential", True, [start, layer], [1], [], compiled)


def test_comparisons_say_what_differs():
    same_summary(model_of("softmax"), [Row("Dense", 5, 15, "softmax")])
    with pytest.raises(Miss, match="layer 1, Dense: the activation softmax is missing"):
        same_summary(model_of("linear"), [Row("Dense", 5, 15, "softmax")])
    assert "Dense" in table(model_of("linear")) and "15" in table(model_of("linear"))
    compiled_as(
        model_of("linear"), loss="mse", optimizer="SGD", learning_rate=0.01, metric="accuracy"
    )
    for settings, says in (
        ({"loss": "mae"}, "The loss is mse"),
        ({"optimizer": "Adam"}, "expected Adam"),
        ({"metric": "auc"}, "missing"),
    ):
        with pytest.raises(Miss, match=says):
            compiled_as(model_of("linear"), **settings)
    history = History({"loss": [2.0, 1.0]}, {}, 4)
    history_of(history, 2)
    for args, says in (
        (([1.0], 2), "did not return a History"),
        ((history, 3), "2 epochs"),
        ((history, 2, ["val_loss"]), "no val_loss"),
    ):
        with pytest.raises(Miss, match=says):
            history_of(*args)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (None, "return"),
        ("3", "not made of numbers"),
        ([[1.0, 2.0]], "has shape"),
        ([True, False], "True and False"),
        ([1.0, float("nan")], "NaN"),
        ([1.0, float("inf")], "infinite"),
        ([1.0, 2.1], r"entry \[1\] is 2.1, expected 2"),
    ],
)
def test_numbers_are_compared_in_order(answer, says):
    close([1, 2.0001], [1.0, 2.0])
    with pytest.raises(Miss, match=says):
        close(answer, [1.0, 2.0])


def test_cells_know_their_text_and_their_line(tmp_path):
    text = '"""Title.\n\nWords.\n\nSlides 1.\n"""\n\n# %%\n# Slide 1 · one\n# and more\nx = 1\n\n# %%\n# two\n\n\ndef f():\n    return x\n'
    found = script.cells(text)
    assert [words for words, _, _ in found[1:]] == ["Slide 1 · one\nand more", "two"]
    for _, code, line in found[1:]:
        first = next(at for at, one in enumerate(code.splitlines()) if one.strip())
        assert text.splitlines()[line - 1 + first] == code.splitlines()[first]


def test_a_lesson_on_a_terminal_shows_text_code_and_output():
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "course.cli", "lesson", "1", "--device", "cpu"]
    environment = os.environ | {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "xterm"}
    run = subprocess.Popen(
        command, stdout=slave, stderr=slave, cwd=tempfile.mkdtemp(), env=environment
    )
    os.close(slave)
    seen = b""
    with contextlib.suppress(OSError):
        while more := os.read(master, 65536):
            seen += more
    text = seen.decode("utf-8", "replace")
    assert run.wait() == 0
    assert (
        text.index("device: CPU")
        < text.index("Slide 3 ·")
        < text.index("by_loop = []")
        < text.index("sums, by loop")
        < text.index("saved plots")
    )
