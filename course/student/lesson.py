"""Runs a lesson: on a terminal cell by cell, with its text, its code and what that prints; elsewhere as the plain script it is.

A lesson knows nothing of this: it is a script of `# %%` cells, each of which may begin with lines of
comment.
"""

import ast
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from course import paths
from course.script import cells, translated, unwrap
from course.text import say, silence, tr


def run(stem: str, device: str | None = None) -> int:
    """Run a lesson in a process of its own; plots go to plots/. Returns the exit status."""
    copy = Path("lessons") / f"{stem}.py"
    path = copy if copy.exists() else paths.LESSONS / f"{stem}.py"
    environment = {
        "MPLBACKEND": "module://course.student.plots",
        "COURSE_PLOTS": str(Path("plots") / stem),
        "PYTHONUNBUFFERED": "1",
    }
    if device == "cpu":
        environment["CUDA_VISIBLE_DEVICES"] = "-1"
    print(f"{stem}: {paths.title(path)}", flush=True)
    if quietly([sys.executable, "-m", "course.student.lesson", str(path)], environment):
        say("The lesson stopped with an error. Next: course doctor, or look at {path}", path=path)
        return 1
    if stem in paths.exercise_stems():
        say("Next: course check {stem}", stem=stem)
    else:
        say("Next: course list")
    return 0


def main(path: Path) -> None:
    """Say which device computes, and run."""
    import tensorflow as tf

    devices = tf.config.list_physical_devices("GPU")
    say("device: {device}", device=f"GPU ({len(devices)})" if devices else "CPU")
    sys.argv = [str(path)]
    if sys.stdout.isatty():
        cell_by_cell(path)
    else:
        runpy.run_path(str(path), run_name="__main__")


def quietly(command: list[str], environment: Mapping[str, str]) -> int:
    """Run a command that imports TensorFlow, whose start-up talk comes whatever it is told, and is kept back; its exit status."""
    whole = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", **environment}
    process = subprocess.Popen(
        command, env=whole, stderr=subprocess.PIPE, text=True, errors="replace"
    )
    talk = r"[IWE]0000 |WARNING: All log messages before absl|To enable the following instructions"
    assert process.stderr is not None
    for line in process.stderr:
        if not re.match(talk, line):
            sys.stderr.write(line)
    return process.wait()


def cell_by_cell(path: Path) -> None:
    """Show and run each cell in one namespace; errors name the line of the file."""
    from rich.console import Console
    from rich.markdown import Markdown
    from rich.padding import Padding
    from rich.syntax import Syntax

    console = Console(highlight=False)
    names: dict[str, Any] = {"__name__": "__main__", "__file__": str(path)}
    text = translated(path.read_text("utf-8"))
    words = (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[1:]
    console.print(Markdown(unwrap("\n\n".join(words))))
    look: dict[str, Any] = {"theme": "ansi_dark", "background_color": "default", "word_wrap": True}
    ask = sys.stdin.isatty()
    for place, (words_of_cell, code, line) in enumerate(cells(text)[1:]):
        if place and ask and _stops():
            return
        console.rule(style="dim")
        console.print(Markdown(words_of_cell))
        if code.strip():
            console.print(Padding(Syntax(code.strip(), "python", **look), (1, 2)))
            # A cell that keeps its line in the file has a traceback that leads there.
            compiled = compile("\n" * (line - 1) + code, str(path), "exec")
            with console.status(tr("this cell runs …")):
                exec(compiled, names)
            sys.stdout.flush()


def _stops() -> bool:
    """Wait for Enter; whether the reader typed q, or has gone."""
    try:
        return input(tr("Enter: go on, q: stop  ")).strip().lower().startswith("q")
    except EOFError:
        return True


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except BrokenPipeError:
        silence()
