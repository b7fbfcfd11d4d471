"""The far side of the wall: does the steps that it is sent, against one student's file, and tells what they give.

It knows no expected value, no hint and no check; of ours it imports what describes, rebuilds and reads alone.
One request, one reply, in turn.
"""

import json
import linecache
import os
import re
import sys
import types
import warnings
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from course.wall import message, source
from course.wall.describe import describe
from course.wall.message import (
    Ask,
    Clear,
    Done,
    Hold,
    LeftOut,
    Raised,
    Ready,
    Ref,
    Reply,
    Request,
    Seed,
    Told,
    Unfit,
    Untraceable,
)
from course.wall.rebuild import rebuild, tell

MESSAGE_LENGTH = 2_000


def main() -> None:
    """Take the reply channel away from the standard streams, import Keras, and serve."""
    set_limits(json.loads(sys.argv[1]))
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    hide_clone()
    import keras  # noqa: F401

    send(replies, Ready([]))
    serve(requests, replies)


def hide_clone() -> None:
    """The project's own folder, which an editable install puts on the path, is not for the student's file."""
    sys.path[:] = [entry for entry in sys.path if not (Path(entry) / "pyproject.toml").exists()]


def set_limits(limits: dict[str, int]) -> None:
    """Limits that the system itself keeps, where it has them; the other side watches and kills besides."""
    try:
        import resource
    except ImportError:
        # Windows has no such limits.
        return
    for name, limit in limits.items():
        kind = getattr(resource, name)
        if name == "RLIMIT_AS":
            # On top of what the imports have mapped already.
            limit += _mapped()
        hard = resource.getrlimit(kind)[1]
        most = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (most, most))


def _mapped() -> int:
    """Bytes of address space that this process has now; beyond any use where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 2**40
    return pages * os.sysconf("SC_PAGE_SIZE")


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Reply to request after request until the stream ends.

    A process that is asked to hold what another handed over is a clean room: it tells of its objects as
    records, and never gets a student's file.
    """
    values: dict[int, Any] = {}
    clean = False
    while (parts := message.read_frame(requests)) is not None:
        request: Request = message.unpack(*parts, Request)  # type: ignore[arg-type]
        match request:
            case Seed():
                seed(request.seed)
                send(replies, Done(-1))
            case Clear():
                clean = True
                forget(values)
                send(replies, Done(-1))
            case Ask() | Hold():
                send(replies, _reply(request, values, clean))


def _reply(request: Ask | Hold, values: dict[int, Any], clean: bool) -> Reply:
    try:
        left_out: list[LeftOut] = []
        if isinstance(request, Hold):
            value = rebuild(request.value)
        elif request.op == "student" and request.step not in values and not clean:
            value, left_out = load(Path(str(request.key)))
        else:
            value = do(request, values, clean)
        values[request.step] = value
        if isinstance(request, Ask) and not request.tell:
            return Done(request.step, left_out)
        return Told(request.step, message.to_value(describe(tell(value) if clean else value)))
    except message.UnfitError as error:
        return Unfit(request.step, error.kind, error.name)
    except message.UntraceableError as error:
        return Untraceable(request.step, message.well_formed(str(error))[:MESSAGE_LENGTH])
    except BaseException as error:
        return _raised(error, request)


def forget(values: dict[int, Any]) -> None:
    """Let go of every object that Keras or this process keeps."""
    import keras

    values.clear()
    keras.utils.clear_session()


def send(stream: BinaryIO, reply: Reply) -> None:
    """Write one reply; one that does not fit into a frame becomes Unfit."""
    try:
        frame = message.pack(reply)
    except message.UnfitError as error:
        frame = message.pack(Unfit(getattr(reply, "step", -1), error.kind, error.name))
    stream.write(frame)
    stream.flush()


def seed(number: int) -> None:
    """Seed Python, NumPy and Keras."""
    import keras

    keras.utils.set_random_seed(number)


def do(request: Ask, values: dict[int, Any], clean: bool = False) -> Any:
    """One step: a root, a get, an item or a call on what earlier steps gave; a step that was done is only told."""
    if request.step in values:
        return values[request.step]
    of, key = values.get(request.of), request.key  # type: ignore[arg-type]
    match request.op:
        case "same":
            return of
        case "keras":
            import keras

            return keras
        case "pandas":
            import pandas as pd

            return pd
        case "file":
            path = Path.cwd() / str(key)
            path.write_text(str(message.from_value(request.args[0])), "utf-8")
            return str(path)
        case "get":
            return getattr(of, str(key))
        case "item":
            return of[_filled(message.from_value(key), values)]  # type: ignore[index]
        case "call":
            args = [_filled(message.from_value(arg), values) for arg in request.args]
            named = request.kwargs.items()
            kwargs = {name: _filled(message.from_value(arg), values) for name, arg in named}
            return of(*args, **kwargs)  # type: ignore[misc]
    raise PermissionError("a clean room loads no file")


def _filled(value: Any, values: dict[int, Any]) -> Any:
    """An argument with each Ref replaced by that step's value."""
    match value:
        case Ref():
            return values[value.step]
        case list():
            return [_filled(item, values) for item in value]
        case tuple():
            return tuple(_filled(item, values) for item in value)
        case dict():
            return {key: _filled(item, values) for key, item in value.items()}
        case np.ndarray():
            # A copy, so that a function which changes its arguments does not change the next question.
            return value.copy()
    return value


def load(path: Path) -> tuple[types.ModuleType, list[LeftOut]]:
    """The student's file as a module, and the statements that were left out. Raises SyntaxError where it is no Python."""
    warnings.simplefilter("ignore")
    module, left = source.run(path)
    return module, [_left_out(one, path) for one in left[:20]]


def _left_out(one: source.LeftOut, path: Path) -> LeftOut:
    name = str(path if one.cell is None else path.with_name(source.cell_name(one.cell)))
    error = message.well_formed(type(one.error).__name__)[:100]
    return LeftOut(
        one.cell,
        one.line,
        _code(name, one.line),
        [name[:100] for name in one.names],
        error,
        _words(one.error)[:500],
    )


def _code(name: str, line: int) -> str:
    """A line of the student's, as they wrote it."""
    return message.well_formed(linecache.getline(name, line).strip())[:200]


def _is_of_student(frame: types.TracebackType | None) -> bool:
    """Whether this part of a traceback lies in the student's file."""
    if frame is None:
        return False
    return Path(frame.tb_frame.f_code.co_filename).parent == Path.cwd()


def _raised(error: BaseException, request: Ask | Hold) -> Raised:
    """What was raised, as text, and the line of the student's file."""
    words = _words(error)
    line, cell, code, frame, deepest = None, None, "", error.__traceback__, None
    # A recursion error has thousands of frames, and only the last one in the student's file counts.
    for _ in range(5_000):
        if frame is None:
            break
        if _is_of_student(frame):
            line, name = frame.tb_lineno, frame.tb_frame.f_code.co_filename
            code, match = _code(name, line), re.search(r"cell (\d+)$", name)
            cell = int(match[1]) if match else None
        deepest, frame = frame, frame.tb_next
    op = request.op if isinstance(request, Ask) else "hold"
    if isinstance(error, SyntaxError) and op == "student":
        line, code = error.lineno, message.well_formed((error.text or "").strip())[:200]
    by_us = deepest is not None and deepest.tb_frame.f_code.co_filename == __file__
    if isinstance(error, AttributeError) and op == "get" and by_us:
        kind = "missing"
    elif isinstance(error, TypeError) and op == "call" and by_us:
        # The call itself did not fit: the function takes other arguments, or it is not a function.
        kind = "uncallable"
    elif isinstance(error, NotImplementedError) and _is_of_student(deepest):
        kind = "unwritten"
    else:
        kind = "raised"
    line = line if isinstance(line, int) else None
    name = message.well_formed(type(error).__name__)[:100]
    return Raised(request.step, kind, name, words, line, cell, code)  # type: ignore[arg-type]


def _words(error: BaseException) -> str:
    """What an error says, at most so long; its end is kept."""
    try:
        # The place of a syntax error is told by itself.
        words = str(error.msg if isinstance(error, SyntaxError) else error)
        if len(words) > MESSAGE_LENGTH:
            # What TensorFlow says of an operation stands behind a long stack.
            end = words[-MESSAGE_LENGTH // 2 + 3 :].partition("\n")[2]
            words = words[: MESSAGE_LENGTH - len(end) - 3] + "\n…\n" + end
        return message.well_formed(words)[:MESSAGE_LENGTH]
    except BaseException:
        return ""
