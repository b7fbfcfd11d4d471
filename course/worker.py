"""The far side of the wall: does the steps it is sent, against one student's file, and tells what comes out.

It knows no expected value, no hint and no check; it imports `wire` and nothing else of ours. One request, one answer, in turn.
"""

import importlib.util
import json
import os
import sys
import types
import warnings
from collections import deque
from collections.abc import Iterable, Mapping, Sequence, Set, Sized
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from course import wire

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


# --- accounts of what came out ---


def account(value: Any, depth: int = 0) -> Any:
    """`value` as evidence: plain data, arrays, and fixed accounts of Keras's objects. Raises wire.Unfit for anything else."""
    if depth > wire.DEPTH:
        raise wire.Unfit("a value nested more than 24 levels deep")
    import keras

    if isinstance(value, keras.KerasTensor):
        raise wire.Unfit("a symbolic Keras tensor, a placeholder that holds no numbers")
    if isinstance(value, keras.Model):
        return _model(value)
    if isinstance(value, keras.callbacks.History):
        return _history(value)
    if (told := _keras_object(value)) is not None:
        return told
    return _plain(value, depth)


def _plain(value: Any, depth: int) -> Any:
    match value:
        case None | bool():
            return value
        case int():
            # A subclass (an enumeration's member, say) is told as the plain value that it is.
            return int.__int__(value)
        case str():
            return str.__str__(value)
        case float():
            return float.__float__(value)
        case np.generic() | np.ndarray():
            return _array(value)
        case Mapping():
            return {_plain(k, depth + 1): account(v, depth + 1) for k, v in _first(value.items())}
        case tuple():
            return tuple(account(item, depth + 1) for item in _first(value))
    if hasattr(value, "__array__"):
        return _array(value)
    if isinstance(value, Sequence | Set | deque) or (
        isinstance(value, Iterable) and isinstance(value, Sized) and not isinstance(value, type)
    ):
        return [account(item, depth + 1) for item in _first(value)]
    if isinstance(value, Iterable) and not isinstance(value, type):
        raise wire.Unfit(f"a {type(value).__name__}, which holds no values yet (make it a list)")
    if callable(value):
        raise wire.Unfit(f"a {type(value).__name__} that was not called")
    if type(value).__module__ in ("decimal", "fractions"):
        return float(value)
    raise wire.Unfit(f"a value of type {type(value).__name__}")


def _first(items: Iterable[Any]) -> Iterable[Any]:
    for position, item in enumerate(items):
        if position > wire.ITEMS:
            raise wire.Unfit("a collection of more entries than a grader reads")
        yield item


def _array(value: Any) -> np.ndarray:
    array = np.asarray(value)
    if array.dtype.kind == "V" or array.dtype.name == "bfloat16":
        array = array.astype(np.float32)
    if array.dtype.kind not in "biuf":
        raise wire.Unfit(f"an array of {array.dtype.name}, not of numbers")
    return array.astype(np.float64) if array.dtype.itemsize > 8 else array


def _builtin(value: Any) -> bool:
    module = getattr(value, "__module__", None) or ""
    return isinstance(module, str) and module.split(".")[0] == "keras"


def _config(value: Any) -> Any:
    """A Keras config without names: nested objects by class name and config, everything else as plain data."""
    if isinstance(value, dict) and {"class_name", "config"} <= set(value):
        inner = value["config"]
        if value["class_name"] == "DTypePolicy" and isinstance(inner, dict):
            return inner.get("name")
        return {"class_name": str(value["class_name"]), "config": _config(inner)}
    match value:
        case dict():
            return {str(k): _config(v) for k, v in value.items() if k != "name"}
        case list() | tuple():
            return [_config(item) for item in value]
        case None | bool() | int() | float() | str():
            return value
    try:
        return _plain(value, 0)
    except wire.Unfit:
        return f"<{type(value).__name__}>"


def _safe_config(value: Any) -> dict[str, Any]:
    try:
        config = _config(value.get_config())
        return config if isinstance(config, dict) else {}
    except Exception:
        return {}


def _keras_object(value: Any) -> wire.KerasObject | None:
    import keras

    kinds = {
        "optimizer": keras.optimizers.Optimizer,
        "schedule": keras.optimizers.schedules.LearningRateSchedule,
        "loss": keras.losses.Loss,
        "metric": keras.metrics.Metric,
        "layer": keras.layers.Layer,
    }
    for kind, cls in kinds.items():
        if isinstance(value, cls):
            built = _builtin(type(value))
            return wire.KerasObject(kind, type(value).__name__, built, _safe_config(value))
    if isinstance(value, types.FunctionType) and _builtin(value):
        return wire.KerasObject("function", value.__name__, True, {})
    return None


def _named(identifier: Any, get: Any, kind: str) -> wire.KerasObject:
    """A loss or a metric as `compile` was told it: by name, as a function or as an object."""
    if isinstance(identifier, str):
        try:
            found = _keras_object(get(identifier))
        except ValueError:
            found = None
        known = found.name if found else str(identifier)
        return wire.KerasObject(kind, known, found is not None, {"given": str(identifier)})
    told = _keras_object(identifier)
    if told is None:
        name = getattr(identifier, "__name__", type(identifier).__name__)
        return wire.KerasObject(kind, str(name), False, {})
    return told


def _compiled(model: Any) -> wire.Compiled | None:
    """The settings of `compile`, read without calling it."""
    import keras

    if not getattr(model, "compiled", False):
        return None
    given = getattr(getattr(model, "_compile_config", None), "config", None) or {}
    loss, metrics = given.get("loss"), given.get("metrics") or []
    flat = [m for m in keras.tree.flatten(metrics) if m is not None]
    return wire.Compiled(
        None if loss is None else _named(loss, keras.losses.get, "loss"),
        # "accuracy" means another metric for each loss, so it stands as it was given.
        [wire.KerasObject("metric", m, True, {}) if isinstance(m, str) else _named(m, keras.metrics.get, "metric") for m in flat],
        _keras_object(model.optimizer),
    )


def _model(model: Any) -> wire.Model:
    import keras

    functional = model._functional if isinstance(model, keras.Sequential) else model
    places = {id(weight): place for place, weight in enumerate(model.weights)} if model.built else {}
    if isinstance(functional, keras.src.models.Functional):
        layers, outputs = _graph(functional, places)
    else:
        layers, outputs = [_layer(layer, [], False, places) for layer in model.layers], []
    kind = next(c.__name__ for c in type(model).__mro__ if _builtin(c))
    if not _builtin(type(model)):
        kind = f"subclass of {kind}"
    weights = [_array(weight) for weight in model.weights] if model.built else []
    return wire.Model(kind, bool(model.built), layers, outputs, weights, _compiled(model))


def _graph(functional: Any, places: dict[int, int]) -> tuple[list[wire.Layer], list[int]]:
    """Layers and operations of a functional graph, each behind those that it takes its inputs from, and the outputs."""
    import keras

    nodes = [node for depth in sorted(functional._nodes_by_depth, reverse=True)
             for node in functional._nodes_by_depth[depth]]  # fmt: skip
    position = {id(node): index for index, node in enumerate(nodes)}
    layers = []
    for node in nodes:
        parents = [position[id(parent)] for parent in node.parent_nodes if id(parent) in position]
        plain = all(id(arg) in {id(t) for t in node.input_tensors} for arg in keras.tree.flatten(node.arguments.args))
        extra = bool({k for k, v in node.arguments.kwargs.items() if v is not None})
        layers.append(_layer(node.operation, parents, plain and not extra, places, node.outputs))
    ends = [tensor._keras_history for tensor in functional._outputs]
    outputs = [
        position[id(end.operation._inbound_nodes[end.node_index])]
        for end in ends
        if id(end.operation._inbound_nodes[end.node_index]) in position
    ]
    return layers, outputs


def _layer(layer: Any, inputs: list[int], complete: bool, places: dict[int, int], outputs: Any = ()) -> wire.Layer:
    import keras

    is_layer = isinstance(layer, keras.layers.Layer)
    config = _safe_config(layer)
    if isinstance(layer, keras.layers.Activation) or "activation" in config:
        config["activation"] = _activation(getattr(layer, "activation", None))
    shape = None
    if len(outputs) == 1:
        shape = [None if n is None else int(n) for n in outputs[0].shape]
    weights = list(layer.weights) if is_layer and layer.built else []
    parameters = sum(int(np.prod(w.shape)) for w in weights)
    name, built = type(layer).__name__, _builtin(type(layer))
    return wire.Layer(name, built, not is_layer, config, shape, parameters, [places.get(id(w), -1) for w in weights], inputs, complete)


def _activation(function: Any) -> str:
    """The name of Keras's own activation; a function that only bears such a name is told as one of the student's."""
    import keras

    if function is None:
        return "linear"
    if isinstance(function, keras.layers.Activation):
        return _activation(function.activation)
    if isinstance(function, keras.layers.Softmax) and function.axis == -1:
        return "softmax"
    if isinstance(function, keras.layers.Layer):
        return f"{type(function).__name__} {_safe_config(function)}"
    name = getattr(function, "__name__", type(function).__name__)
    own = isinstance(function, types.FunctionType) and _builtin(function)
    return str(name) if own else f"function {name} of the student's own"


def _history(history: Any) -> wire.History:
    series = {str(name): [float(number) for number in _first(numbers)] for name, numbers in history.history.items()}
    optimizer = getattr(history.model, "optimizer", None)
    updates = None if optimizer is None else int(np.asarray(optimizer.iterations))
    params = {k: _config(v) for k, v in (history.params or {}).items()}
    return wire.History(series, params, updates)


if __name__ == "__main__":
    main()
