"""Runs a lesson: on a terminal cell by cell, with its text, its code and what that prints; elsewhere as the plain script it is.

A lesson knows nothing of this: it is a script of `# %%` cells, each of which may begin with lines of
comment.
"""

import ast
import contextlib
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from course import paths
from course.script import DRAWN, cells, parted, translated, unwrap, worded, wrap
from course.text import current_language, say, silence, tr

if TYPE_CHECKING:
    from rich.status import Status


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
    import pandas as pd
    import tensorflow as tf

    # A Chinese head of a table takes two columns a character.
    pd.set_option("display.unicode.east_asian_width", True)
    devices = tf.config.list_physical_devices("GPU")
    say("device: {device}", device=f"GPU ({len(devices)})" if devices else "CPU")
    sys.argv = [str(path)]
    names = {"__name__": "__main__", "__file__": str(path)}
    text = drawn(translated(path.read_text("utf-8")))
    if sys.stdout.isatty():
        whole = cell_by_cell(text, path, names)
    else:
        whole = True
        exec(compile(text, str(path), "exec"), names)
    if whole:
        compare(path.stem, names)


# Fonts with Chinese signs, of Linux, Windows and macOS.
FONTS = ("Noto Sans CJK TC", "Noto Sans TC", "Microsoft JhengHei", "PingFang TC", "Heiti TC", "Noto Sans CJK JP", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei")  # fmt: skip


def drawn(text: str) -> str:
    """A lesson whose figures speak the language in force, where this machine has a font for it."""
    return worded(text, DRAWN) if use_font() else text


def use_font() -> bool:
    """Tell matplotlib the font for the language in force; False where the machine has none."""
    if current_language() == "en":
        return True
    from matplotlib import font_manager, rcParams

    # It complains of each font that has no regular weight.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    known = {font.name for font in font_manager.fontManager.ttflist}
    fonts = [name for name in FONTS if name in known]
    rcParams["font.family"] = ["DejaVu Sans", *fonts]
    return bool(fonts)


# --- a lesson beside the slides' numbers ---


def proofs(stem: str) -> list[ast.Assert]:
    """What must hold at a lesson's end, with its labels as they are drawn."""
    text = drawn((paths.LESSONS / "proofs" / f"{stem}.py").read_text("utf-8"))
    return [node for node in ast.parse(text).body if isinstance(node, ast.Assert)]


def compare(stem: str, names: dict[str, Any]) -> None:
    """Say whether a lesson came to what its proofs say, or what a reader's change has made of it.

    names: what the lesson has computed. The proofs are asserts, one below the other.
    """
    asserts = proofs(stem)
    differing = False
    for node in asserts:
        parts = [node.test]
        if isinstance(node.test, ast.BoolOp) and isinstance(node.test.op, ast.And):
            parts = node.test.values
        for part in parts:
            differing |= _differs(part, names)
    if not differing:
        say("{count} of {count} comparisons with the slides hold.", count=len(asserts))


def _differs(part: ast.expr, names: dict[str, Any]) -> bool:
    """Whether a part of a proof fails; what came in place of what is printed."""

    def value(node: ast.expr) -> Any:
        return eval(compile(ast.Expression(node), "proof", "eval"), names)

    with contextlib.suppress(Exception):
        if value(part):
            return False
        match part:
            case (
                ast.Call(args=[one, two, *_], func=ast.Attribute(attr="isclose" | "allclose"))
                | ast.Compare(left=one, ops=[ast.Eq()], comparators=[two])
            ):
                came, right = (" ".join(str(value(node)).split())[:60] for node in (one, two))
                say(
                    "You changed this lesson: {name} is {came} now; before, it was {right}.",
                    name=ast.unparse(one),
                    came=came,
                    right=right,
                )
                return True
    say("You changed this lesson: this no longer holds: {text}", text=ast.unparse(part))
    return True


# --- a lesson on a terminal ---


def quietly(command: list[str], environment: Mapping[str, str]) -> int:
    """Run a command that imports TensorFlow, whose start-up talk comes whatever it is told, and is kept back; its exit status."""
    whole = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", **environment}
    process = subprocess.Popen(
        command, env=whole, stderr=subprocess.PIPE, text=True, errors="replace"
    )
    talk = r"[IWE]0000 |WARNING: All log messages before absl|To enable the following instructions|WARNING:tensorflow:\d+ out of the last"
    assert process.stderr is not None
    for line in process.stderr:
        if not re.match(talk, line):
            sys.stderr.write(line)
    return process.wait()


def load_keras() -> None:
    """Import Keras without the lines that TensorFlow writes to the standard error stream meanwhile."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        import keras  # noqa: F401
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def cell_by_cell(text: str, path: Path, names: dict[str, Any]) -> bool:
    """Show and run each cell in one namespace; errors name the line of the file. Whether the reader came to the end."""
    from rich.console import Console
    from rich.markdown import Markdown
    from rich.padding import Padding
    from rich.syntax import Syntax

    # Its own way to the terminal: what a cell prints goes by `_Output`.
    console = Console(highlight=False, file=sys.stdout)
    words = (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[1:]
    console.print(Markdown(unwrap("\n\n".join(words))))
    look: dict[str, Any] = {"theme": "ansi_dark", "background_color": "default", "word_wrap": True}
    ask = sys.stdin.isatty()
    for place, (words_of_cell, code, line) in enumerate(cells(text)[1:]):
        if place and ask and _stops(tr("Enter: continue; q and Enter: stop  ")):
            return False
        console.rule(style="dim")
        question, answer = parted(words_of_cell)
        console.print(Markdown(question))
        if answer and ask and _stops(tr("What do you think? Enter: see; q and Enter: stop  ")):
            return False
        if code.strip():
            shown = fitted(code.strip(), console.width - 4)
            console.print(Padding(Syntax(shown, "python", **look), (1, 2)))
            # A cell that keeps its line in the file has a traceback that leads there.
            with _spinner(console.status(tr("this cell runs …"))):
                exec(compile("\n" * (line - 1) + code, str(path), "exec"), names)
            sys.stdout.flush()
        console.print(Markdown(answer))
    return True


def fitted(code: str, width: int) -> str:
    """Code whose comments are broken to a width, each line of them a comment still."""
    from rich.cells import cell_len

    lines = []
    for line in code.split("\n"):
        mark = line[: len(line) - len(line.lstrip())] + "# "
        if line.startswith(mark) and cell_len(line) > width:
            lines += [mark + part for part in wrap(line.removeprefix(mark), width - len(mark))]
        else:
            lines.append(line)
    return "\n".join(lines)


class _Output:
    """The standard output of a cell; the first that is printed takes the spinner away."""

    def __init__(self, stream: TextIO, status: "Status") -> None:
        self.stream, self.status = stream, status

    def write(self, text: str) -> int:
        self.status.stop()
        return self.stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@contextlib.contextmanager
def _spinner(status: "Status") -> Iterator[None]:
    """A spinner until the cell prints, or has run."""
    stream = sys.stdout
    status.start()
    # Held here too: `print` holds no reference of its own, and taking the spinner away resets the stream.
    output = sys.stdout = _Output(stream, status)
    try:
        yield
    finally:
        status.stop()
        sys.stdout = output.stream


def _stops(prompt: str) -> bool:
    """Wait for Enter; whether the reader typed q, or has gone."""
    try:
        # Not as the prompt of input(), which may go to the standard error stream, a pipe here.
        print(prompt, end="", flush=True)
        return input().strip().lower().startswith("q")
    except EOFError:
        return True


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except BrokenPipeError:
        silence()
