"""The far side of the wall: does the steps that it is sent, against one student's file, and tells what they give.

It knows no expected value, no hint and no check; of ours it imports `describe` and `message` alone.
One request, one reply, in turn.
"""

import importlib.util
import json
import os
import sys
import types
import warnings
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from course.wall import message
from course.wall.describe import describe
from course.wall.message import Ask, Done, Raised, Ready, Ref, Reply, Request, Seed, Told, Unfit

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
        hard = resource.getrlimit(kind)[1]
        most = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (most, most))


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Reply to request after request until the stream ends."""
    values: dict[int, Any] = {}
    while (parts := message.read_frame(requests)) is not None:
        request: Request = message.unpack(*parts, Request)  # type: ignore[arg-type]
        if isinstance(request, Seed):
            seed(request.seed)
            send(replies, Done(-1))
            continue
        reply: Reply
        try:
            value = do(request, values)
            values[request.step] = value
            reply = Done(request.step)
            if request.tell:
                reply = Told(request.step, message.to_value(describe(value)))
        except message.UnfitError as error:
            reply = Unfit(request.step, error.kind, error.name)
        except BaseException as error:
            reply = _raised(error, request)
        send(replies, reply)


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


def do(request: Ask, values: dict[int, Any]) -> Any:
    """One step: a root, a get, an item or a call on what earlier steps gave; a step that was done is only told."""
    if request.step in values:
        return values[request.step]
    of, key = values.get(request.of), request.key  # type: ignore[arg-type]
    match request.op:
        case "student":
            return load(Path(str(key)))
        case "keras":
            import keras

            return keras
        case "get":
            return getattr(of, str(key))
        case "item":
            return of[_filled(message.from_value(key), values)]  # type: ignore[index]
        case "call":
            args = [_filled(message.from_value(arg), values) for arg in request.args]
            named = request.kwargs.items()
            kwargs = {name: _filled(message.from_value(arg), values) for name, arg in named}
            return of(*args, **kwargs)  # type: ignore[misc]


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


def load(path: Path) -> types.ModuleType:
    """The student's file as a module. Raises whatever it raises."""
    warnings.simplefilter("ignore")
    spec = importlib.util.spec_from_file_location("student", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["student"] = module
    spec.loader.exec_module(module)
    return module


def _raised(error: BaseException, request: Ask) -> Raised:
    """What was raised, as text, and the line of the student's file."""
    try:
        words = message.well_formed(str(error)[:MESSAGE_LENGTH])[:MESSAGE_LENGTH]
    except BaseException:
        words = ""
    line, frame, deepest = None, error.__traceback__, None
    # A recursion error has thousands of frames, and only the last one in the student's file counts.
    for _ in range(5_000):
        if frame is None:
            break
        if Path(frame.tb_frame.f_code.co_filename).parent == Path.cwd():
            line = frame.tb_lineno
        deepest, frame = frame, frame.tb_next
    if isinstance(error, SyntaxError) and request.op == "student":
        line = error.lineno
    by_us = deepest is not None and deepest.tb_frame.f_code.co_filename == __file__
    if isinstance(error, AttributeError) and request.op == "get" and by_us:
        kind = "missing"
    elif isinstance(error, TypeError) and request.op == "call" and by_us:
        # The call itself did not fit: the function takes other arguments, or it is not a function.
        kind = "uncallable"
    else:
        kind = "raised"
    line = line if isinstance(line, int) else None
    name = message.well_formed(type(error).__name__)[:100]
    return Raised(request.step, kind, name, words, line)  # type: ignore[arg-type]
