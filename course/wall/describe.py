"""Descriptions of what a step gave, made in the student's process: plain data, arrays, and Keras's objects as graphs.

Nothing that is said here is believed: a description is rebuilt from Keras's classes in the clean
room, and everything that is asked afterwards is asked of the rebuilt object. So whoever describes the
right model has handed in the right model. The `call` of a subclass is run on symbolic tensors, which
records the layers and operations of Keras that it uses.
"""

import types
from collections import deque
from collections.abc import Iterable, Mapping, Sequence, Set, Sized
from typing import Any

import keras
import numpy as np

from course.wall import message
from course.wall.message import (
    Call,
    Compilation,
    Graph,
    Handed,
    History,
    Operation,
    ParameterRef,
    SliceValue,
    TensorRef,
    UnfitError,
    UntraceableError,
    to_value,
)
from course.wall.rebuild import OPERATIONS

# So many rates of a schedule of the student's are handed over.
RATES = 200


def describe(value: Any, depth: int = 0) -> Any:
    """`value` as plain data, arrays and descriptions. Raises UnfitError or UntraceableError for anything else."""
    if depth > message.DEPTH:
        raise UnfitError("depth")
    if isinstance(value, message.RECORDS):
        return value
    if isinstance(value, keras.KerasTensor):
        raise UnfitError("symbolic")
    if isinstance(value, keras.Model):
        return _model(value)
    if isinstance(value, keras.callbacks.History):
        return _history(value)
    if (handed := _handed(value)) is not None:
        return handed
    if type(value).__module__.partition(".")[0] == "pandas":
        return describe(_unframed(value), depth + 1)
    return _plain(value, depth)


def _unframed(value: Any) -> Any:
    """What a table of pandas holds: an array where all of it is numbers, else each column's values, None where one is missing."""
    import pandas as pd

    if isinstance(value, pd.DataFrame):
        if all(kind.kind in "biuf" for kind in value.dtypes):
            return value.to_numpy("float64")
        return {str(name): _unframed(value[name]) for name in value.columns}
    if isinstance(value, pd.Series | pd.Index | pd.Categorical | pd.api.extensions.ExtensionArray):
        if value.dtype.kind in "biuf":
            return np.asarray(value)
        plain = pd.Series(value).astype(object)
        return plain.where(plain.notna(), None).tolist()
    raise UnfitError("type", type(value).__name__)


def _plain(value: Any, depth: int) -> Any:
    match value:
        case None | bool():
            return value
        case int():
            # A subclass (a member of an enumeration, say) is told as the plain value that it is.
            return int.__int__(value)
        case str():
            return str.__str__(value)
        case float():
            return float.__float__(value)
        case np.generic() | np.ndarray():
            return _array(value)
        case Mapping():
            pairs = _first(value.items())
            return {_plain(k, depth + 1): describe(v, depth + 1) for k, v in pairs}
        case tuple():
            return tuple(describe(item, depth + 1) for item in _first(value))
    if hasattr(value, "__array__"):
        return _array(value)
    if isinstance(value, Iterable) and not isinstance(value, type):
        if isinstance(value, Sequence | Set | deque | Sized):
            return [describe(item, depth + 1) for item in _first(value)]
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


def _history(history: Any) -> History:
    pairs = history.history.items()
    series = {str(name): [float(number) for number in _first(values)] for name, values in pairs}
    optimizer = getattr(history.model, "optimizer", None)
    updates = None if optimizer is None else int(np.asarray(optimizer.iterations))
    params = {str(k): _config(v) for k, v in (history.params or {}).items()}
    return History(series, params, updates)


# --- single objects ---

KINDS: dict[str, tuple[type, Any]] = {
    "optimizer": (keras.optimizers.Optimizer, keras.optimizers),
    "schedule": (keras.optimizers.schedules.LearningRateSchedule, keras.optimizers.schedules),
    "loss": (keras.losses.Loss, keras.losses),
    "metric": (keras.metrics.Metric, keras.metrics),
    "layer": (keras.layers.Layer, keras.layers),
}
FUNCTIONS = (keras.activations, keras.losses, keras.metrics, keras.ops)


def _handed(value: Any) -> Handed | None:
    """One of Keras's objects, by identity with what Keras has under its name."""
    if (name := _function_name(value)) is not None:
        return Handed("function", name, {})
    for kind, (base, module) in KINDS.items():
        if isinstance(value, base):
            name = type(value).__name__
            if getattr(module, name, None) is type(value):
                return Handed(kind, name, _settings(value))  # type: ignore[arg-type]
            if kind == "schedule":
                rates = [float(value(t)) for t in range(RATES)]  # type: ignore[operator]
                return Handed("schedule", "table", {}, rates)
            raise UnfitError("custom", f"{kind} ({name})")
    return None


def _function_name(value: Any) -> str | None:
    """The name of a function of Keras's; a function that only bears such a name is not one."""
    name = getattr(value, "__name__", None)
    if isinstance(value, types.FunctionType) and isinstance(name, str):
        places = (getattr(module, name, None) for module in FUNCTIONS)
        return name if any(place is value for place in places) else None
    return None


def _settings(value: Any) -> dict[str, Any]:
    """The config of one of Keras's objects; a schedule of the student's in an optimizer as its rates."""
    schedule = getattr(value, "_learning_rate", None)
    if not isinstance(schedule, keras.optimizers.schedules.LearningRateSchedule):
        return dict(_config(value.get_config()))
    handed = _handed(schedule)
    if handed is None or not handed.table:
        return dict(_config(value.get_config()))
    # Keras asks a schedule for its config, which the student's need not have.
    value._learning_rate = 0.0
    try:
        return {**_config(value.get_config()), "learning_rate": handed.table}
    finally:
        value._learning_rate = schedule


def _config(value: Any) -> Any:
    """A Keras config as plain data without names."""
    match value:
        case dict():
            return {str(k): _config(v) for k, v in value.items() if k != "name"}
        case list() | tuple():
            return [_config(item) for item in value]
        case None | bool() | int() | float() | str():
            return value
    if isinstance(value, np.ndarray | np.generic):
        return np.asarray(value).tolist()
    return f"<{type(value).__name__}>"


# --- models ---


def _model(model: Any) -> Graph:
    kind = next(c.__name__ for c in type(model).__mro__ if getattr(keras, c.__name__, None) is c)
    if isinstance(model, keras.Sequential | keras.src.models.Functional):
        kind = "Sequential" if isinstance(model, keras.Sequential) else "Functional"
    try:
        compilation = _compilation(model)
        if not model.built:
            return Graph(kind, False, [], [], [], [], [], compilation)
        trace = _Trace()
        inputs, outputs = _ends(model)
        for position, tensor in enumerate(inputs):
            trace.refs[id(tensor)] = TensorRef(-1 - position, 0)
        ends = [trace.ref(tensor) for tensor in keras.tree.flatten(outputs)]
        return trace.graph(kind, inputs, ends, compilation)
    except (UnfitError, UntraceableError):
        raise
    except Exception as error:
        lines = str(error).strip().splitlines() or [""]
        raise UntraceableError(f"{type(error).__name__}: {lines[0]}") from error


def _ends(model: Any) -> tuple[list[Any], Any]:
    """Symbolic inputs and outputs of a model, as it has them or by running its `call` on placeholders."""
    inner = model._functional if type(model) is keras.Sequential else model
    if type(inner) is keras.src.models.Functional:
        return inner.inputs, inner.outputs
    # Where a model has no shapes of its own, its first layer has those of its input.
    dicts = (getattr(layer, "_build_shapes_dict", None) for layer in (model, *model.layers))
    shapes = list(next(filter(None, dicts), {}).values())
    if isinstance(inner, keras.src.models.Functional | keras.Sequential):
        # A subclass with a graph may compute something else in its `call`.
        shapes = [tensor.shape for tensor in model.inputs]
    if len(shapes) != 1 or not isinstance(shapes[0], tuple | list):
        raise UntraceableError("it has not exactly one input")
    inputs = [keras.Input(shape=tuple(shapes[0])[1:])]
    return inputs, model.call(inputs[0])


def _compilation(model: Any) -> Compilation | None:
    """The settings of `compile`, read without calling it."""
    if not getattr(model, "compiled", False):
        return None
    settings = getattr(getattr(model, "_compile_config", None), "config", None) or {}
    loss, metrics = (
        to_value(keras.tree.map_structure(_setting, settings.get(name)))
        for name in ("loss", "metrics")
    )
    iterations = getattr(model.optimizer, "iterations", 0)
    return Compilation(loss, metrics, _handed(model.optimizer), int(np.asarray(iterations)))


def _setting(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    handed = _handed(value)
    if handed is None:
        name = getattr(value, "__name__", type(value).__name__)
        raise UnfitError("custom", f"loss or metric ({name})")
    return handed


class _Part:
    """A layer or operation that a graph uses, once however often it is called."""

    def __init__(self, operation: Any) -> None:
        self.operation = operation
        self.layer = isinstance(operation, keras.layers.Layer)
        self.shape: Any = None

    def _activation(self) -> Graph | None:
        function = getattr(self.operation, "activation", None)
        if not callable(function) or _activation_name(function):
            return None
        return _function_graph(function, self.shape)

    def description(self) -> Operation:
        operation = self.operation
        if self.layer:
            config = _config(operation.get_config())
            if "activation" in config:
                config["activation"] = _activation_name(operation.activation) or "linear"
            weights = [_array(weight) for weight in operation.weights]
            return Operation(True, type(operation).__name__, config, weights, self._activation())
        auto = getattr(operation, "_auto_config", None)
        config = _config(dict(auto.config)) if auto is not None else {}
        return Operation(False, type(operation).__name__, config, [])


_PLAIN_RELU = {**keras.layers.ReLU().get_config()}
_PLAIN_RELU.pop("name")


def _function_graph(function: Any, shape: Any) -> Graph:
    """What a function of the student's does with a tensor of this shape, without the batch."""
    trace, placeholder = _Trace(), keras.Input(shape=shape)
    trace.refs[id(placeholder)] = TensorRef(-1, 0)
    end = trace.ref(function(placeholder))
    return trace.graph("function", [placeholder], [end], None)


def _activation_name(function: Any) -> str | None:
    """The name of an activation of Keras's, given as a function or as a layer that does nothing else."""
    if type(function) is keras.layers.Activation:
        return _activation_name(function.activation)
    if type(function) is keras.layers.ReLU and _config(function.get_config()) == _config(
        _PLAIN_RELU
    ):
        return "relu"
    if type(function) is keras.layers.Softmax and function.axis == -1:
        return "softmax"
    # An operation such as keras.ops.sin is no activation by name: it is traced like a student's function.
    name = _function_name(function)
    return name if name and getattr(keras.activations, name, None) is function else None


def _keras_class(operation: Any) -> bool:
    """Whether an operation is of a class of Keras's, by identity."""
    cls = type(operation)
    if isinstance(operation, keras.layers.Layer):
        return getattr(keras.layers, cls.__name__, None) is cls
    return any(getattr(module, cls.__name__, None) is cls for module in OPERATIONS)


class _Trace:
    """The calls behind some symbolic tensors, from the inputs on."""

    def __init__(self) -> None:
        self.refs: dict[int, TensorRef] = {}
        # The tensors are kept, since a reference goes by the identity of its tensor.
        self.kept: list[Any] = []
        self.operations: list[_Part] = []
        self.positions: dict[int, int] = {}
        self.calls: list[Call] = []
        self.parameters: list[Any] = []

    def graph(
        self, kind: str, inputs: Any, ends: list[TensorRef], compilation: Compilation | None
    ) -> Graph:
        """The whole, once every output has its reference."""
        shapes = [[None if n is None else int(n) for n in tensor.shape[1:]] for tensor in inputs]
        parts = [operation.description() for operation in self.operations]
        parameters = [_array(parameter) for parameter in self.parameters]
        return Graph(kind, True, shapes, parts, self.calls, ends, parameters, compilation)

    def ref(self, tensor: Any) -> TensorRef:
        """Where a tensor comes from; the calls that lead to it are recorded first."""
        if id(tensor) not in self.refs:
            history = tensor._keras_history
            self._record(history.operation._inbound_nodes[history.node_index])
        return self.refs[id(tensor)]

    def _record(self, node: Any) -> None:
        if len(self.calls) > 1_000:
            raise UntraceableError("it has more than 1,000 calls")
        operation, arguments = node.operation, node.arguments
        for tensor in node.input_tensors:
            self.ref(tensor)
        if not _keras_class(operation) or isinstance(operation, keras.layers.Lambda):
            self._inline(node)
            return
        if id(operation) not in self.positions:
            self.positions[id(operation)] = len(self.operations)
            self.operations.append(_Part(operation))
        position = self.positions[id(operation)]
        self.operations[position].shape = node.outputs[0].shape[1:]
        args = [self._argument(value) for value in arguments.args]
        kwargs = {k: self._argument(v) for k, v in arguments.kwargs.items() if v is not None}
        self.calls.append(Call(position, args, kwargs))
        self._name(
            node.outputs, [TensorRef(len(self.calls) - 1, i) for i in range(len(node.outputs))]
        )

    def _inline(self, node: Any) -> None:
        """A model inside of this one, a subclass or a Lambda: what its `call` does, in its place."""
        operation = node.operation
        if type(operation) in (keras.Sequential, keras.src.models.Functional):
            inputs, outputs = _ends(operation)
            given = [self.refs[id(tensor)] for tensor in node.input_tensors]
            # The inner tensors are the same ones wherever the model is used: each use is walked anew.
            outside, self.refs = self.refs, dict(zip(map(id, inputs), given, strict=True))
            refs = [self.ref(tensor) for tensor in keras.tree.flatten(outputs)]
            self.refs = outside
            self._name(node.outputs, refs)
            return
        outputs = operation.call(*node.arguments.args, **node.arguments.kwargs)
        flat = keras.tree.flatten(outputs)
        self._name(node.outputs, [self.ref(tensor) for tensor in flat])

    def _name(self, tensors: Iterable[Any], refs: list[TensorRef]) -> None:
        for tensor, ref in zip(tensors, refs, strict=True):
            self.kept.append(tensor)
            self.refs[id(tensor)] = ref

    def _argument(self, value: Any) -> Any:
        match value:
            case keras.KerasTensor():
                return self.ref(value)
            case keras.Variable():
                return ParameterRef(self._parameter(value))
            case slice():
                return SliceValue(value.start, value.stop, value.step)
            case list():
                return message.ListValue([self._argument(item) for item in value])
            case tuple():
                return message.TupleValue([self._argument(item) for item in value])
            case types.EllipsisType():
                return "..."
            case None | bool() | int() | float() | str():
                return value
        return to_value(_array(value))

    def _parameter(self, variable: Any) -> int:
        for position, parameter in enumerate(self.parameters):
            if parameter is variable:
                return position
        self.parameters.append(variable)
        return len(self.parameters) - 1
