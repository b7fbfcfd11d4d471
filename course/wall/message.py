"""What crosses the wall: typed messages in MessagePack, and behind each the bytes of its arrays.

A frame is the lengths of its two parts (four bytes each, big-endian), the message, and the arrays
one after the other. Types, lengths and ranges are checked while a message is parsed; nothing is
ever unpickled, and what is not a type of this module does not cross.
"""

import math
import struct
from typing import Annotated, Any, BinaryIO, Literal, TypeVar

import msgspec
import numpy as np
from msgspec import Meta, Struct

# Arrays may be large; what unfolds into Python objects may not.
ARRAY_BYTES, MESSAGE_BYTES = 32 * 2**20, 2 * 2**20
ITEMS, DEPTH = 200_000, 24
DTYPES = frozenset(["bool", "float16", "float32", "float64"]) | {
    f"{kind}{bits}" for kind in ("int", "uint") for bits in (8, 16, 32, 64)
}


# What does not cross the wall, as it is named to the student.
UNFIT = {
    "depth": "a value nested more than 24 levels deep",
    "type": "a value of type {name}",
    "entries": "a {name} of more entries than a grader reads",
    "key": "a dict with a key of type {name}",
    "digits": "a whole number of more than 300 digits",
    "array": "an array of {name}, not of numbers",
    "large array": "an array of shape {name}, which is too large for the grader",
    "large": "an answer that is too large for the grader",
    "symbolic": "a symbolic Keras tensor, a placeholder that holds no numbers",
    "iterator": "a {name}, which holds no values yet (make it a list)",
    "function": "a {name} that was not called",
    "custom": "a {name} of your own, where one of Keras's is asked for",
}


class UntraceableError(Exception):
    """A model that is not made of Keras's layers and operations alone; the message says what stands in the way."""


class UnfitError(Exception):
    """A value that does not cross the wall: a kind of UNFIT, and the name in it."""

    def __init__(self, kind: str, name: object = "") -> None:
        super().__init__(kind, name)
        self.kind, self.name = kind, well_formed(str(name))[:100]


class MalformedError(Exception):
    """Bytes that are not a message of ours."""


class Ref(Struct, tag="ref", array_like=True, frozen=True):
    """The value of an earlier step of the plan."""

    step: int


# --- what a student's process hands over of Keras's objects: descriptions, to be rebuilt ---


class TensorRef(Struct, tag="tensor", array_like=True, frozen=True):
    """An output of an earlier call of a graph; call -1 - i is the i-th input of the model."""

    call: int
    output: int


class ParameterRef(Struct, tag="parameter", array_like=True, frozen=True):
    """A variable that a call uses and that belongs to no layer, by its position in the graph's parameters."""

    position: int


class SliceValue(Struct, tag="slice", array_like=True, frozen=True):
    start: int | None
    stop: int | None
    step: int | None


class Operation(Struct, tag="operation", array_like=True, frozen=True):
    """A layer of Keras's, or one of its operations on tensors, with the values of its weights.

    activation: what a layer's activation does, where that is a function of the student's.
    """

    layer: bool
    class_name: str
    config: dict[str, Any]
    weights: list[np.ndarray]
    activation: "Graph | None" = None


class Call(Struct, tag="call", array_like=True, frozen=True):
    """One use of an operation in a graph; arguments refer to tensors of earlier calls."""

    operation: int
    args: list["Value"]
    kwargs: dict[str, "Value"]


class Compilation(Struct, tag="compilation", array_like=True, frozen=True):
    """What `compile` was told, and how many updates the optimizer has made."""

    loss: "Value"
    metrics: "Value"
    optimizer: "Value"
    updates: int


class Graph(Struct, tag="graph", array_like=True, frozen=True):
    """A model as calls of Keras's layers and operations; `inputs` are the shapes of its inputs, without the batch."""

    kind: str
    built: bool
    inputs: list[list[int | None]]
    operations: Annotated[list[Operation], Meta(max_length=1_000)]
    calls: Annotated[list[Call], Meta(max_length=1_000)]
    outputs: list[TensorRef]
    parameters: list[np.ndarray]
    compilation: Compilation | None


class Handed(Struct, tag="handed", array_like=True, frozen=True):
    """A loss, metric, optimizer, schedule, layer or function of Keras's, by name and config.

    A schedule of the student's is its first rates, `table`.
    """

    kind: Literal["loss", "metric", "optimizer", "schedule", "layer", "function"]
    name: str
    config: dict[str, Any]
    table: list[float] = []


class History(Struct, tag="history", array_like=True, frozen=True):
    """`History.history` of a fit, one number per epoch; `params` and the optimizer's updates beside it."""

    history: dict[str, list[float]]
    params: dict[str, Any]
    updates: int | None


# --- what the clean room tells of an object that it has rebuilt ---


class KerasObject(Struct, tag="keras", array_like=True, frozen=True):
    """A loss, a metric, an optimizer, a schedule, a layer or a function of Keras's."""

    kind: str
    name: str
    config: dict[str, Any]


class Layer(Struct, tag="layer", array_like=True, frozen=True):
    """One layer (or operation) of a model; `inputs` are the positions of the layers whose outputs it takes."""

    class_name: str
    config: dict[str, Any]
    output_shape: list[int | None] | None
    parameters: int
    inputs: list[int]


class Compiled(Struct, tag="compiled", array_like=True, frozen=True):
    """What `compile` was told: the loss and the metrics by their Keras names, the optimizer with its config."""

    loss: KerasObject | None
    metrics: list[KerasObject]
    optimizer: KerasObject | None


class Model(Struct, tag="model", array_like=True, frozen=True):
    """A rebuilt model, as it was when its step was reached."""

    kind: str
    built: bool
    layers: list[Layer]
    outputs: list[int]
    weights: list[np.ndarray]
    compiled: Compiled | None

    @property
    def parameters(self) -> int:
        return sum(weight.size for weight in self.weights)


# --- plain values ---


class ListValue(Struct, tag="list", array_like=True):
    items: Annotated[list["Value"], Meta(max_length=ITEMS)]


class TupleValue(Struct, tag="tuple", array_like=True):
    items: Annotated[list["Value"], Meta(max_length=ITEMS)]


class DictValue(Struct, tag="dict", array_like=True):
    items: Annotated[list[tuple[str | int, "Value"]], Meta(max_length=ITEMS)]


class ArrayValue(Struct, tag="array", array_like=True):
    array: np.ndarray


class Integer(Struct, tag="int", array_like=True):
    """A whole number of more than 64 bits."""

    digits: Annotated[str, Meta(max_length=310, pattern=r"^-?[0-9]+$")]


Description = Graph | Handed
Value = (
    None | bool | int | float | str | Ref | ListValue | TupleValue | DictValue | ArrayValue | Integer
    | TensorRef | ParameterRef | SliceValue | Graph | Handed | History | KerasObject | Model
)  # fmt: skip
RECORDS = (Ref, TensorRef, ParameterRef, SliceValue, Graph, Handed, History, KerasObject, Model)


class Seed(Struct, tag="seed", array_like=True):
    """Seed Python, NumPy and Keras."""

    seed: int


class Ask(Struct, tag="ask", array_like=True):
    """Do one step of the plan; `tell` what it gave."""

    step: int
    op: Literal["student", "keras", "pandas", "file", "get", "item", "call", "same"]
    of: int | None
    key: Value
    args: list[Value]
    kwargs: dict[str, Value]
    tell: bool


class Hold(Struct, tag="hold", array_like=True):
    """For the clean room: rebuild what a student's process handed over, keep it as this step, and tell it."""

    step: int
    value: Value


class Clear(Struct, tag="clear", array_like=True):
    """For the clean room: forget all steps, as another file comes."""


Request = Seed | Ask | Hold | Clear


class Ready(Struct, tag="ready", array_like=True):
    """A worker waits for requests, bound by these layers of isolation."""

    layers: Annotated[list[str], Meta(max_length=8)]


class LeftOut(Struct, array_like=True):
    """A statement at the top of the student's file that raised: of a notebook with its cell; `code` is its line."""

    cell: int | None
    line: int
    code: Annotated[str, Meta(max_length=200)]
    names: Annotated[list[Annotated[str, Meta(max_length=100)]], Meta(max_length=50)]
    error: Annotated[str, Meta(max_length=100)]
    message: Annotated[str, Meta(max_length=500)]


class Done(Struct, tag="done", array_like=True):
    step: int
    left_out: Annotated[list[LeftOut], Meta(max_length=20)] = []


class Told(Struct, tag="told", array_like=True):
    step: int
    value: Value


class Untraceable(Struct, tag="untraceable", array_like=True):
    """The step gave a model that is not made of Keras's layers and operations alone; `why` is the error of the attempt."""

    step: int
    why: Annotated[str, Meta(max_length=2_000)]


class Unfit(Struct, tag="unfit", array_like=True):
    """The step gave something that does not cross the wall."""

    step: int
    kind: str
    name: Annotated[str, Meta(max_length=100)]


class Raised(Struct, tag="raised", array_like=True):
    """The step raised an error; missing: the name is not there; uncallable: the call itself did not fit."""

    step: int
    kind: Literal["raised", "missing", "uncallable", "unwritten"]
    error: Annotated[str, Meta(max_length=100)]
    message: Annotated[str, Meta(max_length=2_000)]
    line: int | None
    cell: int | None = None
    code: Annotated[str, Meta(max_length=200)] = ""


Reply = Ready | Done | Told | Unfit | Untraceable | Raised
Message = TypeVar("Message")


def to_value(value: Any, depth: int = 0) -> Any:
    """Plain data, arrays and records as a Value. Raises UnfitError for anything else."""
    if depth > DEPTH:
        raise UnfitError("depth")
    match value:
        case None | bool() | float():
            return value
        case _ if isinstance(value, RECORDS):
            return value
        case str():
            return well_formed(value)
        case int():
            return value if -(2**63) <= value < 2**64 else _long_integer(value)
        case list() | tuple():
            kind = ListValue if isinstance(value, list) else TupleValue
            if len(value) > ITEMS:
                raise UnfitError("entries", type(value).__name__)
            return kind([to_value(item, depth + 1) for item in value])
        case dict():
            return DictValue([(_key(k), to_value(v, depth + 1)) for k, v in value.items()])
        case np.ndarray() | np.generic():
            return ArrayValue(_checked(np.asarray(value)))
    raise UnfitError("type", type(value).__name__)


def well_formed(text: str) -> str:
    """Text as UTF-8 can hold it: halves of characters are written out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _long_integer(value: int) -> Integer:
    if value.bit_length() > 1024:
        raise UnfitError("digits")
    return Integer(str(value))


def _key(key: Any) -> str | int:
    if isinstance(key, str):
        return well_formed(key)
    if isinstance(key, bool) or not isinstance(key, int) or not -(2**63) <= key < 2**64:
        raise UnfitError("key", type(key).__name__)
    return key


def _checked(array: np.ndarray) -> np.ndarray:
    if array.dtype.name not in DTYPES:
        raise UnfitError("array", array.dtype.name)
    if array.nbytes > ARRAY_BYTES // 2:
        raise UnfitError("large array", array.shape)
    return array


def from_value(value: Any, depth: int = 0) -> Any:
    """The plain value that `to_value` was given. Raises MalformedError where it is nested too deep."""
    if depth > DEPTH + 1:
        raise MalformedError("too deep")
    match value:
        case ListValue():
            return [from_value(item, depth + 1) for item in value.items]
        case TupleValue():
            return tuple(from_value(item, depth + 1) for item in value.items)
        case DictValue():
            return {key: from_value(item, depth + 1) for key, item in value.items}
        case ArrayValue():
            return value.array
        case Integer():
            return int(value.digits)
    return value


def pack(message: Request | Reply) -> bytes:
    """One frame. Raises UnfitError when it would be larger than a frame may be."""
    arrays: list[bytes] = []

    def store(value: Any) -> Any:
        if not isinstance(value, np.ndarray):
            raise UnfitError("type", type(value).__name__)
        array = _checked(value)
        arrays.append(np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes())
        return array.dtype.name, array.shape

    try:
        body = msgspec.msgpack.encode(message, enc_hook=store)
    except (OverflowError, RecursionError, TypeError, UnicodeEncodeError) as error:
        raise UnfitError("type", type(error).__name__) from error
    size = sum(map(len, arrays))
    if len(body) > MESSAGE_BYTES or size > ARRAY_BYTES:
        raise UnfitError("large")
    return b"".join([struct.pack(">II", len(body), size), body, *arrays])


def unpack(body: bytes, arrays: bytes, kind: type[Message]) -> Message:
    """The message of this type in a frame's two parts. Raises MalformedError for anything else, whatever the bytes are."""
    used = 0

    def restore(_: type, told: Any) -> np.ndarray:
        nonlocal used
        match told:
            case [str() as dtype, list() as shape] if dtype in DTYPES and len(shape) <= 16:
                pass
            case _:
                raise MalformedError("an array without its type and shape")
        if not all(type(n) is int and 0 <= n < 2**40 for n in shape):
            raise MalformedError("an array with an impossible shape")
        start, count = used, math.prod(shape)
        used += count * np.dtype(dtype).itemsize
        if used > len(arrays):
            raise MalformedError("an array without its bytes")
        # Any byte but 0 is True; a bool of another byte would compare as neither.
        raw = "uint8" if dtype == "bool" else dtype
        flat = np.frombuffer(arrays, np.dtype(raw).newbyteorder("<"), count, start)
        return flat.astype(dtype, copy=False).reshape(shape)

    try:
        message = msgspec.msgpack.decode(body, type=kind, dec_hook=restore)
    except (msgspec.DecodeError, MalformedError, RecursionError, ValueError) as error:
        # UnicodeDecodeError is a ValueError; so is what NumPy says of a shape that it cannot have.
        raise MalformedError(f"{type(error).__name__} in a frame") from None
    if used != len(arrays):
        raise MalformedError("bytes that belong to no array")
    return message


def read_frame(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """The next frame's message and arrays, or None at the end. Raises MalformedError when it is cut off or too long."""
    head = stream.read(8)
    if not head:
        return None
    if len(head) < 8:
        raise MalformedError("a frame cut off in its head")
    lengths = struct.unpack(">II", head)
    if lengths[0] > MESSAGE_BYTES or lengths[1] > ARRAY_BYTES:
        raise MalformedError(f"a frame of {sum(lengths):,} bytes")
    parts = stream.read(lengths[0]), stream.read(lengths[1])
    if (len(parts[0]), len(parts[1])) != lengths:
        raise MalformedError("a frame cut off")
    return parts
