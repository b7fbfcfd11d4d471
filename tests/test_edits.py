"""Lessons prove the slides' numbers as they are, and survive what readers change in them."""

import ast
import os
import re
import subprocess
import sys

import pytest

from course.paths import LESSONS, lesson_stems

# What a reader would naturally try: (lesson, what stands there, what they write).
EDITS = [
    ("00", "Dense(4, ", "Dense(8, "),
    ("00", "default_rng(1)", "default_rng(2)"),
    ("01", "b = 0.5", "b = 0.7"),
    ("01", "w = np.array([0.2, -0.4, 0.1])", "w = np.array([0.2, 0.4, 0.1])"),
    ("01", "[0.5, -1.0, 0.0]]", "[0.5, -1.0, 1.0]]"),
    ("01", "[0.5, -1.0, 0.0]]", "[0.5, -1.0, 0.0], [1.0, 1.0, 1.0]]"),
    ("02", "default_rng(5)", "default_rng(50)"),
    ("02", "units = 4", "units = 6"),
    ("02", "sizes = [200, 128, 256, 5]", "sizes = [200, 64, 256, 5]"),
    ("03", "scores = np.array([0.6, 2.6, 2.2, 0.1])", "scores = np.array([1.0, 2.0, 3.0, 4.0])"),
    ("03", "minus_one = np.array([-1.0])", "minus_one = np.array([-2.0])"),
    ("03", "np.linspace(-4, 4, 401)", "np.linspace(-6, 6, 401)"),
    ("03", "large = np.array([1000.0, 999.0])", "large = np.array([10.0, 9.0])"),
    ("04", "model.add(Dense(256))", "model.add(Dense(64))"),
    ("04", "model.add(Dense(5))", "model.add(Dense(10))"),
    ("04", 'Dense(first, activation="sigmoid")', 'Dense(first, activation="relu")'),
    ("04", "scores = np.array([0.6, 2.6, 2.2, 0.1])", "scores = np.array([1.0, 1.0, 1.0, 1.0])"),
    ("05", "np.array([[0.9, 0.1]]), np.array([[0.8, 0.2]])", "np.array([[0.9, 0.1]]), np.array([[0.5, 0.5]])"),
    ("05", "y, p = np.array([[0.0, 1.0]])", "y, p = np.array([[1.0, 0.0]])"),
    ("05", "labels = np.array([1, 2])", "labels = np.array([2, 1])"),
    ("05", "[0.7, 0.1, 0.1, 0.1]]", "[0.1, 0.1, 0.1, 0.7]]"),
    ("06", "learning_rate=0.1)", "learning_rate=0.5)"),
    ("06", "y = 1.5 * x + 0.5", "y = 3.0 * x + 1.0"),
    ("06", "epochs=6", "epochs=2"),
    ("06", "h = 1e-6", "h = 0.1"),
    ("07", "t, 0.1)", "t, 0.5)"),
    ("07", "default_rng(16)", "default_rng(17)"),
    ("08", "SGD(learning_rate=0.01)\n", "SGD(learning_rate=0.5)\n"),
    ("08", 'dense(128, activation="sigmoid")', 'dense(64, activation="relu")'),
    ("08", "size=(64, 200)", "size=(32, 200)"),
    ("09", "epochs=30", "epochs=3"),
    ("09", "epochs=30,\n    shuffle", "epochs=10,\n    shuffle"),
    ("09", "Dense(128, ", "Dense(16, "),
    ("09", "[128, 256]", "[24]"),
    ("09", '"epochs": 15', '"epochs": 1'),
    ("10", "epochs=30", "epochs=1"),
    ("10", "Dense(128, ", "Dense(8, "),
    ("11", "epochs=20", "epochs=2"),
    ("11", "Dense(16, ", "Dense(4, "),
]  # fmt: skip


def run(folder, stem, text):
    """The run of a lesson with this text in a student's folder."""
    (folder / "lessons").mkdir()
    (folder / "lessons" / f"{stem}.py").write_text(text, "utf-8")
    command = [sys.executable, "-m", "course.cli", "lesson", stem, "--device", "cpu"]
    environment = {**os.environ, "COURSE_LANG": "en"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8"
    )


# A run in Chinese, with what it draws noted down: as if there were a font for it.
SPOKEN = """
import sys, pathlib
from matplotlib import text
from course.student import lesson
lesson.use_font = lambda: True
said, plain = set(), text.Text.set_text
def set_text(self, words):
    said.add(words)
    plain(self, words)
text.Text.set_text = set_text
lesson.main(pathlib.Path(sys.argv[1]))
print("DRAWN", [words for words in said if isinstance(words, str)], file=sys.stderr)
"""
# Names of what is drawn: of functions and classes in code, of people's things.
NAMES = {
    *("sigmoid", "tanh", "relu", "ReLU", "Leaky", "ELU", "Maxout", "softmax", "Dropout", "Dense"),
    *("SGD", "Adam", "sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"),
    *("loss", "val_loss", "height", "decay", "lr", "sum", "log", "raw", "normalized"),
    *("Keras", "TensorFlow", "PyTorch", "Caffe", "Theano", "MXNet", "CNTK", "Deeplearning4j"),
    *("Caffe2", "Chainer", "Fast", "ai"),
}


def stem_of(number):
    return next(stem for stem in lesson_stems() if stem.startswith(number))


def slow_but_first(cases, first):
    return [one if one == first else pytest.param(one, marks=pytest.mark.slow) for one in cases]


@pytest.mark.parametrize("stem", slow_but_first(lesson_stems(), "05_losses"))
def test_a_lesson_proves_its_numbers_and_draws_in_chinese(tmp_path, stem):
    environment = {**os.environ, "COURSE_LANG": "zh-TW", "MPLBACKEND": "agg"}
    command = [sys.executable, "-W", "ignore", "-c", SPOKEN, str(LESSONS / f"{stem}.py")]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"：\d+ 項全部相符", done.stdout), done.stdout[-1500:]
    drawn = ast.literal_eval(done.stderr.rpartition("DRAWN ")[2])
    formulas = re.compile(r"\$[^$]*\$")
    # A Chinese label may hold an English term; one without a Chinese sign is only of names.
    english = [words for words in drawn if not re.search("[\u4e00-\u9fff]", words)]
    words = {
        word for one in english for word in re.findall(r"[A-Za-z]{2}\w*", formulas.sub("", one))
    }
    assert words <= NAMES


@pytest.mark.parametrize("edit", slow_but_first(EDITS, EDITS[2]), ids=str)
def test_a_changed_lesson_runs_to_its_end(tmp_path, edit):
    number, old, new = edit
    stem = stem_of(number)
    text = (LESSONS / f"{stem}.py").read_text("utf-8")
    assert old in text
    done = run(tmp_path, stem, text.replace(old, new))
    assert done.returncode == 0, done.stdout[-1500:] + done.stderr[-1500:]
    assert "Next:" in done.stdout.splitlines()[-1] and "AssertionError" not in done.stderr


def test_what_differs_is_said_with_both_numbers(tmp_path):
    text = (LESSONS / "01_forward_pass.py").read_text("utf-8").replace("b = 0.5", "b = 0.7")
    told = run(tmp_path, "01_forward_pass", text).stdout
    assert "a is [0.4 1.2] now; before, it was [0.2, 1.0]." in told


def test_plain_python_runs_a_changed_lesson(tmp_path):
    text = (LESSONS / "01_forward_pass.py").read_text("utf-8").replace("b = 0.5", "b = 0.7")
    (tmp_path / "lesson.py").write_text(text, "utf-8")
    environment = {**os.environ, "MPLBACKEND": "agg"}
    done = subprocess.run([sys.executable, "lesson.py"], cwd=tmp_path, env=environment, check=False)
    assert done.returncode == 0
