"""A student's file as Python, and run: its text decoded, a notebook's cells, IPython's lines, statement by statement.

A statement at the top that raises costs only itself; what was defined before and after it stays.
Lists of a notebook's cells count from 1, as do lines. Only the worker runs this; what decodes a text is anyone's.
"""

import __future__

import ast
import asyncio
import codecs
import contextlib
import dataclasses
import inspect
import io
import json
import linecache
import re
import signal
import sys
import time
import tokenize
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# UTF-32's mark begins with UTF-16's.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Cells of other languages than these are left out; of these the first line is.
PYTHON_CELLS = ("time", "timeit", "capture", "prun")
# Lines by which a notebook asks for its own checks.
OWN_LINES = re.compile(
    r"from course\.student\.exercise import |exercise\s*=\s*Exercise\(|exercise\.(check|hint|solution)\("
)
# What a cell that cannot be read was to define.
DEFINED = re.compile(r"^(?:def |class )(\w{1,100})", re.MULTILINE)
# CPU seconds for all code at the top, and for a statement when they are used up; seconds without any work.
TOP_SECONDS, LATE_SECONDS, STILL_SECONDS = 4.0, 0.3, 2.5
# What a TooLongError says of a statement that did nothing.
WAITED = "it only waited"
# After so many statements that took too long, only definitions run.
MOST_LATE = 4
AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
DEFINITIONS = ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef


@dataclasses.dataclass(frozen=True)
class Piece:
    """A cell, or the whole of a file that is no notebook."""

    cell: int | None
    text: str


@dataclasses.dataclass(frozen=True)
class LeftOut:
    """A statement that raised: where it is, the names that it would have bound, and its error."""

    cell: int | None
    line: int
    names: list[str]
    error: BaseException


class TooLongError(BaseException):
    """A statement at the top was ended; no handler of the student's should hear of it."""


# Encodings of host names, which no editor writes: decoding takes the square of the length.
SLOW = {"punycode", "idna"}


def decoded(data: bytes) -> str:
    """A file's text: by its mark, by what it says itself, as UTF-8, or as Big5 with Windows's additions. Raises SyntaxError."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            with contextlib.suppress(UnicodeError):
                return data.decode(encoding)
    said = "utf-8"
    with contextlib.suppress(SyntaxError):
        said = codecs.lookup(tokenize.detect_encoding(io.BytesIO(data).readline)[0]).name
    for encoding in ("utf-8" if said in SLOW else said, "utf-8", "cp950"):
        with contextlib.suppress(UnicodeError, LookupError):
            return data.decode(encoding)
    try:
        return data.decode("utf-8")
    except UnicodeError as error:
        raise SyntaxError(f"(unicode error) {error}") from error


def pieces(name: str, data: bytes) -> list[Piece]:
    """What a file holds. Raises SyntaxError for one that is no text, or no notebook."""
    text = decoded(data)
    if not name.endswith(".ipynb"):
        return [Piece(None, text)]
    try:
        sources = _sources(text)
    except Exception as error:
        raise SyntaxError(f"not a readable notebook: {error}") from error
    return [Piece(number, text) for number, text in sources]


def _sources(text: str) -> list[tuple[int, str]]:
    """The number and the text of each code cell; older formats are brought to today's."""
    import nbformat

    notebook = nbformat.convert(nbformat.reader.reads(text), 4)  # type: ignore[no-untyped-call]
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    # `notebook_of` gives cells the numbers that their notebook shows.
    given = [cell.get("metadata", {}).get("cell") for cell in cells]
    numbers = [
        one if type(one) is int and 0 <= one < 10**6 else at for at, one in enumerate(given, 1)
    ]
    return [(number, str(cell.source)) for number, cell in zip(numbers, cells, strict=True)]


def notebook_of(cells: list[tuple[int, str]]) -> bytes:
    """A notebook whose code cells carry numbers of their own: what `pieces` reads."""
    made = [
        {
            "cell_type": "code",
            "metadata": {"cell": n},
            "source": text,
            "outputs": [],
            "execution_count": n,
        }
        for n, text in cells
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": made}).encode()


def parsed(text: str, name: str = "cell") -> tuple[ast.Module, str]:
    """A piece as Python, and its text as such: IPython's own lines are translated. Raises SyntaxError, with `name`."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if match := re.match(r"\s*%%(\w+)", first):
        text = text.replace(first, "", 1) if match[1] in PYTHON_CELLS else ""
    try:
        return _tree(text, name), text
    except SyntaxError as error:
        from IPython.core.inputtransformer2 import TransformerManager

        blank = text[: len(text) - len(text.lstrip())].count("\n")
        try:
            text = "\n" * blank + TransformerManager().transform_cell(text)  # type: ignore[no-untyped-call]
            return _tree(text, name), text
        except SyntaxError:
            raise error from None


def _tree(text: str, name: str) -> ast.Module:
    tree = compile(text, name, "exec", ast.PyCF_ONLY_AST | AWAIT, dont_inherit=True)
    # What the parser lets through and the compiler refuses is a syntax error of the whole too.
    compile(tree, name, "exec", AWAIT, dont_inherit=True)
    assert isinstance(tree, ast.Module)
    return tree


class _Shell:
    """What `get_ipython()` gives to lines that are IPython's: nothing is done, and commands print nothing."""

    def getoutput(self, *_: Any) -> list[str]:
        return []

    def __getattr__(self, name: str) -> Any:
        return lambda *_, **__: None


def run(path: Path) -> tuple[types.ModuleType, list[LeftOut]]:
    """The student's file as a module, and what of it was left out. Raises SyntaxError where nothing of it can run."""
    module = types.ModuleType("student")
    module.__file__ = str(path)
    sys.modules["student"] = module
    # The last place, so that no file of the student's takes a library's name.
    sys.path.append(str(path.parent))
    names = vars(module)
    left: list[LeftOut] = []
    flags, late, started = AWAIT, 0, time.process_time()
    for piece in pieces(path.name, path.read_bytes()):
        name = str(path if piece.cell is None else path.with_name(cell_name(piece.cell)))
        # Keras and tracebacks look for the text of functions, messages for that of lines.
        linecache.cache[name] = len(piece.text), None, piece.text.splitlines(keepends=True), name
        try:
            tree, text = parsed(piece.text, name)
        except SyntaxError as error:
            if piece.cell is None:
                raise
            # What the cell would have defined is missing because of this.
            meant = DEFINED.findall(piece.text)[:50]
            left.append(LeftOut(piece.cell, error.lineno or 1, meant, error))
            continue
        if text != piece.text or piece.cell is not None:
            names.setdefault("get_ipython", _Shell)
            names.setdefault("display", print)
        linecache.cache[name] = len(text), None, text.splitlines(keepends=True), name
        lines = text.splitlines()
        for node in tree.body:
            if OWN_LINES.match(lines[node.lineno - 1]):
                continue
            if isinstance(node, ast.ImportFrom) and node.module == "__future__":
                for alias in node.names:
                    flags |= getattr(__future__, alias.name).compiler_flag
            try:
                if late >= MOST_LATE and not isinstance(node, DEFINITIONS):
                    raise TooLongError("there was no time left for it")
                with _within(max(LATE_SECONDS, TOP_SECONDS - (time.process_time() - started))):
                    _execute(ast.Module([node], []), name, flags, names)
            except BaseException as error:
                late += isinstance(error, TooLongError)
                left.append(
                    LeftOut(piece.cell, _line(error, name, node.lineno), _bound(node), error)
                )
    return module, left


def cell_name(cell: int) -> str:
    """The name under which a cell stands in tracebacks."""
    return f"cell {cell}"


def _execute(tree: ast.Module, name: str, flags: int, names: dict[str, Any]) -> None:
    code = compile(tree, name, "exec", flags, dont_inherit=True)
    if code.co_flags & inspect.CO_COROUTINE:
        asyncio.run(eval(code, names))
    else:
        exec(code, names)


def _line(error: BaseException, name: str, default: int) -> int:
    """The line of this piece in which an error was raised."""
    line, frame = default, error.__traceback__
    for _ in range(1_000):
        if frame is None:
            break
        if (
            frame.tb_frame.f_code.co_filename == name
            and frame.tb_frame.f_code.co_name == "<module>"
        ):
            line = frame.tb_lineno or default
        frame = frame.tb_next
    return line


def _bound(node: ast.stmt) -> list[str]:
    """The names that a statement would have bound at the top."""
    names = []
    for one in ast.walk(node):
        match one:
            case (
                ast.Name(id=name, ctx=ast.Store())
                | ast.FunctionDef(name=name)
                | ast.ClassDef(name=name)
            ):
                names.append(name)
            case ast.alias(name=name, asname=other):
                names.append(other or name.partition(".")[0])
    return names[:50]


@contextlib.contextmanager
def _within(seconds: float) -> Iterator[None]:
    """End what takes more CPU seconds than this, or does nothing for a while, where the system has timers."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    seen = time.process_time()

    def ended(number: int, _: Any) -> None:
        nonlocal seen
        if number == signal.SIGALRM and time.process_time() - seen > 0.05:
            # It works, however slowly this machine lets it.
            seen = time.process_time()
            return
        raise TooLongError("it took too long" if number == signal.SIGPROF else WAITED)

    before = [signal.signal(kind, ended) for kind in (signal.SIGPROF, signal.SIGALRM)]
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, STILL_SECONDS, STILL_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for kind, handler in zip((signal.SIGPROF, signal.SIGALRM), before, strict=True):
            signal.signal(kind, handler)
