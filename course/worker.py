"""The far side of the wall: does the steps it is sent, against one student's file, and tells what comes out.

It knows no expected value, no hint and no check; of ours it imports `account` and `wire` alone. One request, one answer, in turn.
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

from course import wire
from course.account import account

TEXT = 2_000


def main() -> None:
    """Take the answer channel away from the standard streams, import Keras, and serve."""
    set_limits(json.loads(sys.argv[1]))
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    # The project's own folder, which an editable install puts on the path, is not for the student's file.
    sys.path[:] = [entry for entry in sys.path if not (Path(entry) / "pyproject.toml").exists()]
    import keras  # noqa: F401

    send(answers, {"status": "ready"})
    serve(requests, answers)


def set_limits(limits: dict[str, int]) -> None:
    """Bounds that the system itself keeps, where it has them; the other side watches and kills besides."""
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


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer request after request until the stream ends."""
    values: dict[int, Any] = {}
    while (body := wire.read_frame(requests)) is not None:
        request = wire.decode(wire.unpack(body)["v"])
        try:
            value = _do(request, values)
            values[request["step"]] = value
            answer = {"status": "done"}
            if request["tell"]:
                answer = {"status": "answer", "v": wire.encode(account(value))}
        except wire.Unfit as unfit:
            answer = {"status": "unfit", "message": str(unfit)}
        except BaseException as error:
            answer = _raised(error, request)
        send(answers, answer | {"step": request["step"]})


def send(stream: BinaryIO, message: dict[str, Any]) -> None:
    try:
        frame = wire.pack(message)
    except (wire.Unfit, ValueError) as error:
        frame = wire.pack({"status": "unfit", "message": str(error)[:200], "step": message.get("step")})
    stream.write(frame)
    stream.flush()


def _do(request: dict[str, Any], values: dict[int, Any]) -> Any:
    """One step: a root, a get, an item or a call on what earlier steps gave; "tell" is a step that was done already."""
    step = request["step"]
    if step in values:
        return values[step]
    of = values.get(request["of"])
    match request["op"]:
        case "seed":
            return _seed(request["name"])
        case "student":
            return load(Path(request["name"]))
        case "keras":
            import keras

            return keras
        case "get":
            return getattr(of, request["name"])
        case "item":
            return of[_filled(request["name"], values)]  # type: ignore[index]
        case "call":
            kwargs = _filled(request["kwargs"], values)
            return of(*_filled(request["args"], values), **kwargs)  # type: ignore[misc]
    raise wire.Malformed(request["op"])


def _seed(seed: int) -> None:
    import keras

    keras.utils.set_random_seed(seed)


def _filled(value: Any, values: dict[int, Any]) -> Any:
    """Arguments with each Ref replaced by the step's value."""
    match value:
        case wire.Ref():
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
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["student"] = module
    spec.loader.exec_module(module)
    return module


def _raised(error: BaseException, request: dict[str, Any]) -> dict[str, Any]:
    """What was raised, as text, and the line of the student's own file."""
    answer: dict[str, Any] = {"status": "raised", "line": None, "file": None}
    answer["type"] = type(error).__name__[:100]
    try:
        answer["message"] = str(error)[:TEXT]
    except BaseException:
        answer["message"] = ""
    frame, deepest = error.__traceback__, None
    # A recursion error has thousands of frames, and only the last one of the student's counts.
    for _ in range(5_000):
        if frame is None:
            break
        if Path(frame.tb_frame.f_code.co_filename).parent == Path.cwd():
            answer["line"] = frame.tb_lineno
        deepest, frame = frame, frame.tb_next
    if isinstance(error, SyntaxError) and request["op"] == "student":
        answer["line"] = error.lineno
    by_us = deepest is not None and deepest.tb_frame.f_code.co_filename == __file__
    if isinstance(error, AttributeError) and request["op"] == "get" and by_us:
        answer["status"] = "missing"
    if isinstance(error, TypeError) and request["op"] == "call" and by_us:
        # The call itself did not fit: the function takes other arguments, or is none.
        answer["status"] = "uncallable"
    return answer


if __name__ == "__main__":
    main()
