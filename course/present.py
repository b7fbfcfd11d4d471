"""Runs a lesson: on a terminal cell by cell, with its text, its code and what that prints; elsewhere as the plain script it is.

A lesson knows nothing of this: it is a script of `# %%` cells, each of which may begin with lines of comment.
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

from course.language import SHOWN_LINE, flowing, hush, say, script, t


def main(path: Path) -> None:
    """Say which device computes, and run."""
    import tensorflow as tf

    found = tf.config.list_physical_devices("GPU")
    device = f"GPU ({len(found)})" if found else "CPU"
    say(f"device: {device}", flush=True)
    sys.argv = [str(path)]
    if sys.stdout.isatty():
        cell_by_cell(path)
    else:
        runpy.run_path(str(path), run_name="__main__")


def quietly(command: list[str], environment: Mapping[str, str]) -> int:
    """Run a command that imports TensorFlow, whose start-up talk comes whatever it is told, and is kept back; its exit status."""
    own = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", **environment}
    run = subprocess.Popen(command, env=own, stderr=subprocess.PIPE, text=True, errors="replace")
    assert run.stderr is not None
    for line in run.stderr:
        if not re.match(r"[IWE]0000 |WARNING: All log messages before absl|To enable the following instructions", line):
            sys.stderr.write(line)
    return run.wait()


def cells(text: str) -> list[tuple[str, str, int]]:
    """The cells of a lesson: the comment that a cell begins with, as Markdown, its code, and the line that the code starts in."""
    found, line = [], 1
    for cell in re.split(r"^# %%\n", text, flags=re.MULTILINE):
        lines = cell.splitlines()
        length = next((at for at, one in enumerate(lines) if not one.startswith("#")), len(lines))
        words = "\n".join(one[1:].removeprefix(" ") for one in lines[:length])
        # Lines that show what a slide said, what that gives today and what to write stay lines of their own.
        words = SHOWN_LINE.sub(lambda shown: f"- {t(shown[1])}: `` {shown[2]} ``", words)
        found.append((flowing(words), "\n".join(lines[length:]), line + length))
        line += len(lines) + 1
    return found


def cell_by_cell(path: Path) -> None:
    """Show and run each cell in one namespace; errors name the line of the file."""
    from rich.console import Console
    from rich.markdown import Markdown
    from rich.padding import Padding
    from rich.syntax import Syntax

    console = Console(highlight=False)
    names: dict[str, Any] = {"__name__": "__main__", "__file__": str(path)}
    text = script(path.read_text("utf-8"))
    console.print(Markdown(flowing("\n\n".join((ast.get_docstring(ast.parse(text)) or "").split("\n\n")[1:]))))
    for words, code, line in cells(text)[1:]:
        console.rule(style="dim")
        console.print(Markdown(words))
        if code.strip():
            console.print(Padding(Syntax(code.strip(), "python", theme="ansi_dark", background_color="default", word_wrap=True), (1, 2)))
            # Standing at its own line of the file, a cell has a traceback that leads there.
            exec(compile("\n" * (line - 1) + code, str(path), "exec"), names)
            sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except BrokenPipeError:
        hush()
