"""Runs a lesson: on a terminal cell by cell, with its text, its code and what that prints; elsewhere as the plain script it is.

A lesson knows nothing of this: it is a script of `# %%` cells, each of which may begin with lines of
comment.
"""

import ast
import os
import re
import subprocess
import sys
import types
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
        say("Next: course watch {stem}, and edit exercises/{stem}.py", stem=stem)
    else:
        say("Next: course next")
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
        exec(compiled(path.read_text("utf-8"), path), _namespace(path))


def _namespace(path: Path) -> dict[str, Any]:
    return {"__name__": "__main__", "__file__": str(path), "_differs": differs}


# --- lessons that someone has changed ---


def compiled(source: str, path: Path) -> types.CodeType:
    """A lesson's code, in which an assert that fails says so kindly, and the lesson goes on.

    The asserts prove the slides' numbers, which no longer come out when a reader plays with a lesson.
    """
    tree = ast.parse(source, str(path))
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list):
                block[:] = [_kind(one) if isinstance(one, ast.Assert) else one for one in block]
    return compile(ast.fix_missing_locations(tree), str(path), "exec")


def _kind(node: ast.Assert) -> ast.stmt:
    """For an assert: a call of `differs` with each of its parts, and what that compares, as functions and as text."""
    parts = [node.test]
    if isinstance(node.test, ast.BoolOp) and isinstance(node.test.op, ast.And):
        parts = node.test.values
    asked = []
    for part in parts:
        words: list[str] = []
        match part:
            case (
                ast.Call(args=[one, two, *_], func=ast.Attribute(attr="isclose" | "allclose"))
                | ast.Compare(left=one, ops=[ast.Eq()], comparators=[two])
            ):
                words = [ast.unparse(one), ast.unparse(two)]
        # Functions, so that what raises does so where it is asked.
        values = ", ".join(f"lambda: {word}" for word in words)
        text = ast.unparse(part)
        asked.append(f"(lambda: {text}, {text!r}, {words!r}, [{values}])")
    call = ast.parse(f"_differs({node.lineno}, [{', '.join(asked)}])").body[0]
    for inner in ast.walk(call):
        ast.copy_location(inner, node)
    return call


def differs(line: int, parts: list[tuple[Any, str, list[str], list[Any]]]) -> None:
    """Say of an assert which part no longer holds, and what came in place of what."""
    for holds, text, words, values in parts:
        try:
            if holds():
                continue
            told = [" ".join(str(value()).split())[:60] for value in values]
        except Exception:
            told = []
        if told:
            say(
                "  Line {line}: {name} is {came} now; in the lesson as it was, it is {right}.",
                line=line,
                name=words[0],
                came=told[0],
                right=told[1],
            )
        else:
            say(
                "  Line {line}: after your change this no longer holds: {text}",
                line=line,
                text=text,
            )


# --- a lesson on a terminal ---


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
    names = _namespace(path)
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
            with console.status(tr("this cell runs …")):
                exec(compiled("\n" * (line - 1) + code, path), names)
            sys.stdout.flush()


def _stops() -> bool:
    """Wait for Enter; whether the reader typed q, or has gone."""
    try:
        # Not as the prompt of input(), which may go to the standard error stream, a pipe here.
        print(tr("Enter: continue; q and Enter: stop  "), end="", flush=True)
        return input().strip().lower().startswith("q")
    except EOFError:
        return True


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except BrokenPipeError:
        silence()
