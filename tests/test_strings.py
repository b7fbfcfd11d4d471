"""The same nasty strings through every output: names of hand-ins, errors, prints, answers and names of layers."""

import io
import re
import subprocess
import sys
import zipfile

import pytest

NASTY = (
    "\x1b[2J\x1b]0;owned\x07",
    "\x9b31m\x85",
    "\n::error::owned",
    "\n##[error]owned",
    "[bold red on white]owned[/]",
    "=HYPERLINK(1)",
    "\u202eowned",
    "<script>owned</script>",
)
PARTS = "".join(NASTY)
FILE = f"""
import keras

NASTY = {PARTS!r}


def weighted_sum(x, w, b):
    print(NASTY)
    raise ValueError(NASTY)


def neuron(x, w, b):
    return NASTY


def build_neuron(n_inputs):
    raise type("E", (Exception,), {{"__name__": NASTY}})(NASTY)


def set_neuron(model, w, b):
    return {{NASTY: [NASTY]}}
"""


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """Everything that grading and exporting a class with such names and texts says and writes: name → text."""
    place = tmp_path_factory.mktemp("nasty")
    with zipfile.ZipFile(place / "class.zip", "w") as bundle:
        for number, part in enumerate(NASTY):
            bundle.writestr(f"s{number}{part.replace('/', '_')}/01_forward_pass.py", FILE)
    out = place / "out"
    course = [sys.executable, "-m", "course.cli"]
    texts = {}
    command = [*course, "grade", str(place / "class.zip"), "--out", str(out), "-j2"]
    texts["grade"] = heard(command, place)
    for platform in ("gradescope", "classroom50", "junit", "nbgrader"):
        more = [str(place / f"{platform}.out")] if platform in ("junit", "nbgrader") else []
        texts[platform] = heard([*course, "export", platform, str(out), *more], place)
    for path in sorted(place.rglob("*")):
        if path.suffix in (".csv", ".html", ".json", ".xml", ".out", ".log", ".txt"):
            texts[path.name] = path.read_text("utf-8")
    return texts


def heard(command, place):
    run = subprocess.run(command, capture_output=True, cwd=place)
    assert b"Traceback" not in run.stderr
    return (run.stdout + run.stderr).decode()


def test_the_texts_come_through(outputs):
    assert {"grade", "checks.csv", "report.html"} <= set(outputs)
    assert "owned" in outputs["checks.csv"] and "owned" in outputs["report.html"]


def test_no_terminal_escape_is_written(outputs):
    wrong = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]")
    assert {name for name, text in outputs.items() if wrong.search(text)} == set()


def test_no_line_is_a_command_of_a_workflow(outputs):
    lines = {name: re.findall(r"(?m)^\s*(?:::|##\[).*", text) for name, text in outputs.items()}
    assert {name: found for name, found in lines.items() if found} == {}


def test_no_cell_is_a_formula(outputs):
    import csv

    tables = {name: text for name, text in outputs.items() if name.endswith(".csv")}
    cells = [
        (name, cell)
        for name, text in tables.items()
        for row in csv.reader(io.StringIO(text))
        for cell in row
        if cell.startswith(("=", "@", "+HYPER"))
    ]
    assert tables and cells == []


def test_no_tag_stands_in_the_report(outputs):
    pages = [text for name, text in outputs.items() if name.endswith(".html")]
    assert pages and not any("<script>owned" in text for text in pages)
