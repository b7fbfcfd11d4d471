"""Descriptions of what a step gave: plain data, arrays, and records of Keras's objects. Runs on the far side of the wall."""

import types
from collections import deque
from collections.abc import Iterable, Mapping, Sequence, Set, Sized
from typing import Any

import numpy as np

from course.wall import message
from course.wall.message import UnfitError


def describe(value: Any, depth: int = 0) -> Any:
    """`value` as plain data, arrays and records of Keras's objects. Raises UnfitError for anything else."""
    if depth > message.DEPTH:
        raise UnfitError("depth")
    import keras

    if isinstance(value, keras.KerasTensor):
        raise UnfitError("symbolic")
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
            return {_plain(k, depth + 1): describe(v, depth + 1) for k, v in _first(value.items())}
        case tuple():
            return tuple(describe(item, depth + 1) for item in _first(value))
    if hasattr(value, "__array__"):
        return _array(value)
    if isinstance(value, Sequence | Set | deque) or (
        isinstance(value, Iterable) and isinstance(value, Sized) and not isinstance(value, type)
    ):
        return [describe(item, depth + 1) for item in _first(value)]
    if isinstance(value, Iterable) and not isinstance(value, type):
        raise UnfitError("iterator", type(value).__name__)
    if callable(value):
        raise UnfitError("function", type(value).__name__)
    if type(value).__module__ in ("decimal", "fractions"):
        return float(value)
    raise UnfitError("type", type(value).__name__)


def _first(items: Iterable[Any]) -> Iterable[Any]:
    for position, item in enumerate(items):
        if position > message.ITEMS:
            raise UnfitError("entries", "collection")
        yield item


def _array(value: Any) -> np.ndarray:
    array = np.asarray(value)
    if array.dtype.kind == "V" or array.dtype.name == "bfloat16":
        array = array.astype(np.float32)
    if array.dtype.kind not in "biuf":
        raise UnfitError("array", array.dtype.name)
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
    except UnfitError:
        return f"<{type(value).__name__}>"


def _safe_config(value: Any) -> dict[str, Any]:
    try:
        config = _config(value.get_config())
        return config if isinstance(config, dict) else {}
    except Exception:
        return {}


def _keras_object(value: Any) -> message.KerasObject | None:
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
            return message.KerasObject(kind, type(value).__name__, built, _safe_config(value))
    if isinstance(value, types.FunctionType) and _builtin(value):
        return message.KerasObject("function", value.__name__, True, {})
    return None


def _named(identifier: Any, get: Any, kind: str) -> message.KerasObject:
    """A loss or a metric as `compile` was told it: by name, as a function or as an object."""
    if kind == "loss" and str(identifier).lower() in ("crossentropy", "ce"):
        # Keras takes the kind of cross-entropy that fits the labels.
        return message.KerasObject(kind, "crossentropy", True, {"given": str(identifier)})
    if isinstance(identifier, str):
        try:
            found = _keras_object(get(identifier))
        except ValueError:
            found = None
        known = found.name if found else str(identifier)
        return message.KerasObject(kind, known, found is not None, {"given": str(identifier)})
    told = _keras_object(identifier)
    if told is None:
        name = getattr(identifier, "__name__", type(identifier).__name__)
        return message.KerasObject(kind, str(name), False, {})
    return told


def _compiled(model: Any) -> message.Compiled | None:
    """The settings of `compile`, read without calling it."""
    import keras

    if not getattr(model, "compiled", False):
        return None
    given = getattr(getattr(model, "_compile_config", None), "config", None) or {}
    loss, metrics = given.get("loss"), given.get("metrics") or []
    flat = [m for m in keras.tree.flatten(metrics) if m is not None]
    return message.Compiled(
        None if loss is None else _named(loss, keras.losses.get, "loss"),
        # "accuracy" means another metric for each loss, so it stands as it was given.
        [
            message.KerasObject("metric", m, True, {})
            if isinstance(m, str)
            else _named(m, keras.metrics.get, "metric")
            for m in flat
        ],
        _keras_object(model.optimizer),
    )


def _model(model: Any) -> message.Model:
    import keras

    functional = model._functional if isinstance(model, keras.Sequential) else model
    places = (
        {id(weight): place for place, weight in enumerate(model.weights)} if model.built else {}
    )
    if isinstance(functional, keras.src.models.Functional):
        layers, outputs = _graph(functional, places)
    else:
        layers, outputs = [_layer(layer, [], False, places) for layer in model.layers], []
    kind = next(c.__name__ for c in type(model).__mro__ if _builtin(c))
    if not _builtin(type(model)):
        kind = f"subclass of {kind}"
    weights = [_array(weight) for weight in model.weights] if model.built else []
    return message.Model(kind, bool(model.built), layers, outputs, weights, _compiled(model))


def _graph(functional: Any, places: dict[int, int]) -> tuple[list[message.Layer], list[int]]:
    """Layers and operations of a functional graph, each behind those that it takes its inputs from, and the outputs."""
    import keras

    nodes = [node for depth in sorted(functional._nodes_by_depth, reverse=True)
             for node in functional._nodes_by_depth[depth]]  # fmt: skip
    position = {id(node): index for index, node in enumerate(nodes)}
    layers = []
    for node in nodes:
        parents = [position[id(parent)] for parent in node.parent_nodes if id(parent) in position]
        plain = all(
            id(arg) in {id(t) for t in node.input_tensors}
            for arg in keras.tree.flatten(node.arguments.args)
        )
        extra = bool({k for k, v in node.arguments.kwargs.items() if v is not None})
        layers.append(_layer(node.operation, parents, plain and not extra, places, node.outputs))
    ends = [tensor._keras_history for tensor in functional._outputs]
    outputs = [
        position[id(end.operation._inbound_nodes[end.node_index])]
        for end in ends
        if id(end.operation._inbound_nodes[end.node_index]) in position
    ]
    return layers, outputs


def _layer(
    layer: Any, inputs: list[int], complete: bool, places: dict[int, int], outputs: Any = ()
) -> message.Layer:
    import keras

    is_layer = isinstance(layer, keras.layers.Layer)
    config = _safe_config(layer)
    if isinstance(layer, keras.layers.Activation) or "activation" in config:
        config["activation"] = _activation(getattr(layer, "activation", None))
    shape = None
    if len(outputs) == 1:
        shape = [None if n is None else int(n) for n in outputs[0].shape]
    elif isinstance(units := config.get("units"), int):
        # A layer of a subclassed model tells its size, if not the whole shape.
        shape = [None, units]
    weights = list(layer.weights) if is_layer and layer.built else []
    parameters = sum(int(np.prod(w.shape)) for w in weights)
    name, built = type(layer).__name__, _builtin(type(layer))
    return message.Layer(
        name,
        built,
        not is_layer,
        config,
        shape,
        parameters,
        [places.get(id(w), -1) for w in weights],
        inputs,
        complete,
    )


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


def _history(history: Any) -> message.History:
    series = {
        str(name): [float(number) for number in _first(numbers)]
        for name, numbers in history.history.items()
    }
    optimizer = getattr(history.model, "optimizer", None)
    updates = None if optimizer is None else int(np.asarray(optimizer.iterations))
    params = {k: _config(v) for k, v in (history.params or {}).items()}
    return message.History(series, params, updates)
