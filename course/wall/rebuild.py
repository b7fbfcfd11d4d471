"""The clean room's craft: descriptions become Keras objects again, from a list of Keras's classes, and are told.

It runs in a confined process that never sees student code. What is not on the list, or does not fit
together, raises RebuildError; sizes are bounded by the weights that came with the description.
"""

import tomllib
from pathlib import Path
from typing import Any

import keras
import numpy as np

from course.wall.message import (
    ArrayValue,
    Compilation,
    Compiled,
    DictValue,
    Graph,
    Handed,
    History,
    Integer,
    KerasObject,
    Layer,
    ListValue,
    Model,
    Operation,
    ParameterRef,
    SliceValue,
    TensorRef,
    TupleValue,
    from_value,
)

# Read here, since a confined process reads no file of the course.
DATA = Path(__file__).parent.parent / "data"
_CLASSES = tomllib.loads((DATA / "keras_classes.toml").read_text("utf-8"))
LAYERS = frozenset(_CLASSES["layers"].split())
# These run functions that they are given.
UNSAFE = frozenset(_CLASSES["unsafe_operations"].split())
# Where the classes of Keras's operations are; `keras.activations.relu` has one of its own.
OPERATIONS = (
    keras.src.ops.numpy,
    keras.src.ops.nn,
    keras.src.ops.math,
    keras.src.ops.core,
    keras.src.activations.activations,
)
NESTED = {
    "keras.initializers": keras.initializers,
    "keras.regularizers": keras.regularizers,
    "keras.constraints": keras.constraints,
    "keras.optimizers.schedules": keras.optimizers.schedules,
}
LARGEST = 10_000_000


class RebuildError(Exception):
    """A description that cannot be rebuilt; the message says why."""


class Parameters(keras.layers.Layer):  # type: ignore[misc]
    """A variable that a subclass made for itself: a layer that gives it, whatever it is called on."""

    def __init__(self, value: np.ndarray) -> None:
        super().__init__()
        self.held = self.add_weight(shape=value.shape, dtype=str(value.dtype), trainable=True)
        self.held.assign(value)

    def call(self, inputs: Any) -> Any:
        return keras.ops.convert_to_tensor(self.held)

    def compute_output_spec(self, inputs: Any) -> Any:
        return keras.KerasTensor(self.held.shape, self.held.dtype)


class RateTable(keras.optimizers.schedules.LearningRateSchedule):  # type: ignore[misc]
    """A schedule by its rates at the first updates; the last one goes on."""

    def __init__(self, rates: list[float]) -> None:
        self.rates = rates

    def __call__(self, step: Any) -> Any:
        table = keras.ops.convert_to_tensor(self.rates, "float32")
        place = keras.ops.minimum(keras.ops.cast(step, "int32"), len(self.rates) - 1)
        return keras.ops.take(table, place)

    def get_config(self) -> dict[str, Any]:
        return {"first": self.rates[0]}


class Traced:
    """An activation that is a function of the student's, by the operations that it was seen to do.

    It has the name of the activation of Keras's that gives the same numbers, where there is one.
    """

    def __init__(self, model: keras.Model) -> None:
        self.model = model
        size = int(np.prod([8, *model.input_shape[1:]]))
        probe = np.linspace(-3, 3, size, dtype="float32").reshape(8, *model.input_shape[1:])
        numbers = np.asarray(model(probe))
        names = ("linear", "sigmoid", "softmax", "relu", "tanh", "elu", "softplus")
        same = (
            name
            for name in names
            if np.allclose(numbers, keras.activations.get(name)(probe), atol=1e-5)
        )
        self.__name__ = next(same, "function")

    def __call__(self, inputs: Any) -> Any:
        return self.model(inputs)


def rebuild(value: Any) -> Any:
    """What a student's process handed over, as live objects of this process."""
    match value:
        case Graph():
            return _model(value)
        case Handed():
            return _object(value)
        case ListValue():
            return [rebuild(item) for item in value.items]
        case TupleValue():
            return tuple(rebuild(item) for item in value.items)
        case DictValue():
            return {key: rebuild(item) for key, item in value.items}
        case ArrayValue() | Integer():
            return from_value(value)
        case None | bool() | int() | float() | str() | History():
            return value
    raise RebuildError(f"it holds a {type(value).__name__}")


# --- configs ---


def _config(value: Any, depth: int = 0) -> Any:
    """A config with nothing in it but plain data and Keras's initializers, regularizers, constraints and schedules."""
    match value:
        case dict() if "class_name" in value:
            return _nested(value, depth)
        case dict():
            return {str(key): _config(item, depth + 1) for key, item in value.items()}
        case list() if depth < 20:
            return [_config(item, depth + 1) for item in value]
        case int() if not isinstance(value, bool) and abs(value) > LARGEST:
            raise RebuildError(f"a size of {value}")
        case None | bool() | int() | float():
            return value
        case str() if len(value) <= 200:
            return value
    raise RebuildError("a setting of another kind")


def _nested(value: dict[str, Any], depth: int) -> Any:
    name, config = str(value.get("class_name")), value.get("config")
    if name == "DTypePolicy" and isinstance(config, dict):
        return _config(config.get("name"), depth + 1)
    module = NESTED.get(str(value.get("module")))
    cls = getattr(module, name, None)
    if not isinstance(cls, type) or not isinstance(config, dict) or depth > 3:
        raise RebuildError(f"a {name[:60]}, which is not Keras's own")
    return cls(**_config(config, depth + 1))


def _created(cls: Any, config: dict[str, Any]) -> Any:
    settings = _config(config)
    try:
        # Objects inside are made already; from_config would read them as descriptions.
        return cls(**settings)
    except TypeError:
        return cls.from_config(settings)


def _object(handed: Handed) -> Any:
    """A loss, metric, optimizer, schedule, layer or function of Keras's."""
    modules: dict[str, Any] = {
        "loss": keras.losses,
        "metric": keras.metrics,
        "optimizer": keras.optimizers,
        "schedule": keras.optimizers.schedules,
        "layer": keras.layers,
    }
    if handed.kind == "function":
        for module in (keras.activations, keras.losses, keras.metrics, keras.ops):
            function = getattr(module, handed.name, None)
            if callable(function) and not isinstance(function, type):
                return function
        raise RebuildError(f"a function {handed.name}")
    if handed.kind == "schedule" and handed.table:
        return RateTable(handed.table)
    if handed.kind == "layer" and handed.name not in LAYERS:
        raise RebuildError(f"a layer {handed.name}")
    cls = getattr(modules[handed.kind], handed.name, None)
    if not isinstance(cls, type):
        raise RebuildError(f"a {handed.kind} {handed.name}")
    config = dict(handed.config)
    if isinstance(rates := config.get("learning_rate"), list):
        config["learning_rate"] = None
        optimizer = _created(cls, config | {"learning_rate": 0.01})
        optimizer._learning_rate = RateTable([float(rate) for rate in rates])
        return optimizer
    return _created(cls, config)


# --- models ---


def _model(graph: Graph) -> keras.Model:
    if not graph.built:
        model = keras.Sequential()
        model.told_kind = graph.kind
        _compile(model, graph.compilation)
        return model
    inputs = [keras.Input(shape=tuple(shape)) for shape in graph.inputs]
    holders = [Parameters(value)(inputs[0]) for value in graph.parameters]
    operations = [_operation(operation) for operation in graph.operations]
    results: list[list[Any]] = []

    def tensor(ref: TensorRef) -> Any:
        if ref.call < 0:
            return inputs[-1 - ref.call]
        return results[ref.call][ref.output]

    def argument(value: Any) -> Any:
        match value:
            case TensorRef():
                return tensor(value)
            case ParameterRef():
                return holders[value.position]
            case SliceValue():
                return slice(value.start, value.stop, value.step)
            case ListValue():
                return [argument(item) for item in value.items]
            case TupleValue():
                return tuple(argument(item) for item in value.items)
            case ArrayValue():
                return value.array
            case "...":
                return ...
            case None | bool() | int() | float() | str():
                return value
        raise RebuildError("a call with an argument of another kind")

    filled = set[int]()
    for call in graph.calls:
        operation, told = operations[call.operation], graph.operations[call.operation]
        args = [argument(value) for value in call.args]
        output = operation(*args, **{key: argument(value) for key, value in call.kwargs.items()})
        results.append(keras.tree.flatten(output))
        if told.layer and call.operation not in filled:
            filled.add(call.operation)
            _fill(operation, told)
    outputs = [tensor(ref) for ref in graph.outputs]
    single = outputs[0] if len(outputs) == 1 else outputs
    model = keras.Model(inputs[0] if len(inputs) == 1 else inputs, single)
    model.told_kind = graph.kind
    _compile(model, graph.compilation)
    return model


def _operation(told: Operation) -> Any:
    if not told.layer:
        for module in OPERATIONS:
            cls = getattr(module, told.class_name, None)
            known = isinstance(cls, type) and issubclass(cls, keras.Operation)
            if cls is not None and known and told.class_name not in UNSAFE:
                return cls(**_config(told.config))
        raise RebuildError(f"an operation {told.class_name}")
    if told.class_name not in LAYERS:
        raise RebuildError(f"a layer {told.class_name}")
    sizes = [told.config.get(name) for name in ("units", "filters", "output_dim")]
    largest = max((size for weight in told.weights for size in weight.shape), default=0)
    if any(isinstance(size, int) and size > max(largest, 1) * 4 for size in sizes):
        raise RebuildError(f"a layer {told.class_name} that is larger than its weights")
    layer = _created(getattr(keras.layers, told.class_name), told.config)
    if told.activation is not None:
        if told.class_name not in ("Activation", "Conv1D", "Conv2D", "Dense", "EinsumDense"):
            raise RebuildError(f"a layer {told.class_name} with an activation of its own")
        layer.activation = Traced(_model(told.activation))
    return layer


def _fill(layer: Any, told: Operation) -> None:
    if len(layer.weights) != len(told.weights):
        raise RebuildError(f"a layer {told.class_name} with {len(told.weights)} weights")
    layer.set_weights(told.weights)
    if isinstance(layer, keras.layers.Normalization):
        layer.finalize_state()


def _compile(model: Any, told: Compilation | None) -> None:
    if told is None:
        return
    optimizer = rebuild(told.optimizer)
    loss, metrics = rebuild(told.loss), rebuild(told.metrics)
    # Eagerly, since a function that is traced costs more than the few steps that are asked for.
    model.compile(loss=loss, optimizer=optimizer, metrics=metrics, run_eagerly=True)
    model.told_settings = told
    if optimizer is not None and 0 <= told.updates < 2**31:
        optimizer.iterations.assign(told.updates)


# --- telling ---


def tell(value: Any) -> Any:
    """An object of this process as a record; everything else as it is."""
    match value:
        case keras.Model():
            return _told_model(value)
        case list():
            return [tell(item) for item in value]
        case tuple():
            return tuple(tell(item) for item in value)
        case dict():
            return {key: tell(item) for key, item in value.items()}
    return _told_object(value) or value


def _told_object(value: Any) -> KerasObject | None:
    kinds: dict[str, Any] = {
        "optimizer": keras.optimizers.Optimizer,
        "schedule": keras.optimizers.schedules.LearningRateSchedule,
        "loss": keras.losses.Loss,
        "metric": keras.metrics.Metric,
        "layer": keras.layers.Layer,
    }
    for kind, base in kinds.items():
        if isinstance(value, base):
            return KerasObject(kind, type(value).__name__, _plain(value.get_config()))
    if callable(value) and hasattr(value, "__name__"):
        return KerasObject("function", value.__name__, {})
    return None


def _plain(value: Any) -> Any:
    match value:
        case dict() if "class_name" in value:
            return {"class_name": value["class_name"], "config": _plain(value.get("config"))}
        case dict():
            return {str(k): _plain(v) for k, v in value.items() if k != "name"}
        case list() | tuple():
            return [_plain(item) for item in value]
        case None | bool() | int() | float() | str():
            return value
        case np.ndarray() | np.generic():
            return np.asarray(value).tolist()
    return f"<{type(value).__name__}>"


def _told_model(model: Any) -> Model:
    kind = getattr(model, "told_kind", "Functional")
    compiled = _told_settings(model)
    if not model.built:
        return Model(kind, False, [], [], [], compiled)
    nodes = [node for depth in sorted(model._nodes_by_depth, reverse=True)
             for node in model._nodes_by_depth[depth]]  # fmt: skip
    position = {id(node): index for index, node in enumerate(nodes)}
    layers = []
    for node in nodes:
        operation = node.operation
        weights = operation.weights if isinstance(operation, keras.layers.Layer) else []
        config = _told_config(operation) if _configured(operation) else {}
        shape = [None if n is None else int(n) for n in node.outputs[0].shape]
        parameters = sum(int(np.prod(weight.shape)) for weight in weights)
        parents = [position[id(parent)] for parent in node.parent_nodes if id(parent) in position]
        layers.append(Layer(type(operation).__name__, config, shape, parameters, parents))
    ends = [tensor._keras_history for tensor in model._outputs]
    outputs = [position[id(end.operation._inbound_nodes[end.node_index])] for end in ends]
    weights = [np.asarray(weight) for weight in model.weights]
    return Model(kind, True, layers, outputs, weights, compiled)


def _told_config(layer: Any) -> Any:
    activation = getattr(layer, "activation", None)
    if not isinstance(activation, Traced):
        return _plain(layer.get_config())
    layer.activation = keras.activations.linear
    config = _plain(layer.get_config()) | {"activation": activation.__name__}
    layer.activation = activation
    return config


def _configured(operation: Any) -> bool:
    layer = isinstance(operation, keras.layers.Layer) and not isinstance(operation, Parameters)
    return layer and not isinstance(operation, keras.layers.InputLayer)


def _told_settings(model: Any) -> Compiled | None:
    told = getattr(model, "told_settings", None)
    if told is None:
        return None
    losses = [setting for setting in keras.tree.flatten(from_value(told.loss)) if setting]
    metrics = [setting for setting in keras.tree.flatten(from_value(told.metrics)) if setting]
    return Compiled(
        _setting("loss", losses[0], keras.losses.get) if losses else None,
        # "accuracy" means another metric for each loss, so it is told as it was given.
        [
            KerasObject("metric", metric, {})
            if isinstance(metric, str)
            else _setting("metric", metric, keras.metrics.get)
            for metric in metrics
        ],
        _told_object(model.optimizer),
    )


def _setting(kind: str, told: Any, get: Any) -> KerasObject:
    """A loss or a metric as `compile` was told it: by name, as a function or as an object."""
    if isinstance(told, Handed):
        return _told_object(rebuild(told)) or KerasObject(kind, told.name, {})
    if kind == "loss" and str(told).lower() in ("crossentropy", "ce"):
        # Keras takes the kind of cross-entropy that fits the labels.
        return KerasObject(kind, "crossentropy", {})
    try:
        known = _told_object(get(told))
    except ValueError:
        return KerasObject(kind, str(told), {"unknown": True})
    return KerasObject(kind, known.name if known else str(told), {})
