"""Values as bytes and back, by whitelist: the only form in which anything crosses the wall.

A message is a frame: four bytes of length (big-endian), then UTF-8 JSON. Scalars are JSON's own; everything else is an object
with a tag ``t``. Nothing is ever unpickled, and what is not on the list does not cross.
"""

import base64
import dataclasses
import json
import math
import struct
import types
import typing
from typing import Any, BinaryIO

import numpy as np

FRAME_BYTES = 32 * 2**20
ITEMS = 200_000
DEPTH = 24
DTYPES = (
    frozenset(["bool", "float16", "float32", "float64"])
    | {f"int{bits}" for bits in (8, 16, 32, 64)}
    | {f"uint{bits}" for bits in (8, 16, 32, 64)}
)


class Unfit(ValueError):
    """A value that does not cross the wall; the message says what it is."""


class Malformed(ValueError):
    """Bytes that are not a message of ours."""


@dataclasses.dataclass(frozen=True)
class Ref:
    """The value of an earlier step of the plan."""

    step: int


@dataclasses.dataclass(frozen=True)
class KerasObject:
    """What is told of a loss, a metric, an optimizer, a layer, an activation or a schedule: no code, no state."""

    kind: str
    name: str
    builtin: bool
    config: dict[str, Any]


@dataclasses.dataclass(frozen=True)
class Layer:
    """One layer (or operation) of a model; ``inputs`` are the positions of the layers whose outputs it takes."""

    class_name: str
    builtin: bool
    operation: bool
    config: dict[str, Any]
    output_shape: list[int | None] | None
    parameters: int
    # Positions in the model's list of weights.
    weights: list[int]
    inputs: list[int]
    # False where the call has arguments that the account does not hold, so that nobody can rebuild the layer from it.
    complete: bool


@dataclasses.dataclass(frozen=True)
class Compiled:
    """What ``compile`` was told: the loss and the metrics by their Keras names, the optimizer with its config."""

    loss: KerasObject | None
    metrics: list[KerasObject]
    optimizer: KerasObject | None


@dataclasses.dataclass(frozen=True)
class Model:
    """A Keras model at the moment when its step was reached."""

    kind: str
    built: bool
    layers: list[Layer]
    outputs: list[int]
    weights: list[np.ndarray]
    compiled: Compiled | None

    @property
    def parameters(self) -> int:
        return sum(weight.size for weight in self.weights)


@dataclasses.dataclass(frozen=True)
class History:
    """``History.history`` of a fit: one list per metric, one number per epoch; ``params`` and the model's updates beside it."""

    history: dict[str, list[float]]
    params: dict[str, Any]
    updates: int | None


RECORDS: dict[str, type] = {cls.__name__: cls for cls in (KerasObject, Layer, Compiled, Model, History)}


def encode(value: Any, depth: int = 0) -> Any:
    """`value` as JSON-able data. Raises Unfit for anything that is not on the list."""
    if depth > DEPTH:
        raise Unfit("a value nested more than 24 levels deep")
    if isinstance(value, np.generic):
        value = np.asarray(value)
    match value:
        case None | bool() | str():
            return value
        case int():
            if value.bit_length() > 1024:
                raise Unfit("a whole number of more than 300 digits")
            return value
        case float():
            return value if math.isfinite(value) else {"t": "float", "v": repr(value)}
        case Ref():
            return {"t": "ref", "v": value.step}
        case list() | tuple():
            tag = "list" if isinstance(value, list) else "tuple"
            if len(value) > ITEMS:
                raise Unfit(f"a {tag} of {len(value):,} entries")
            return {"t": tag, "v": [encode(item, depth + 1) for item in value]}
        case dict():
            return {
                "t": "dict",
                "v": [[_key(key), encode(item, depth + 1)] for key, item in value.items()],
            }
        case np.ndarray():
            return _encode_array(value)
    if type(value).__name__ in RECORDS and dataclasses.is_dataclass(value):
        fields = {f.name: encode(getattr(value, f.name), depth + 1) for f in dataclasses.fields(value)}
        return {"t": type(value).__name__, "v": fields}
    raise Unfit(f"a value of type {type(value).__name__}")


def _key(key: Any) -> str | int:
    if isinstance(key, bool) or not isinstance(key, str | int):
        raise Unfit(f"a dict with a key of type {type(key).__name__}")
    return key


def _encode_array(array: np.ndarray) -> dict[str, Any]:
    if array.dtype.name not in DTYPES:
        raise Unfit(f"an array of {array.dtype.name}")
    if array.nbytes > FRAME_BYTES // 2:
        raise Unfit(f"an array of shape {array.shape}, larger than a grader reads")
    little = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
    data = base64.b64encode(little.tobytes()).decode("ascii")
    return {"t": "array", "dtype": array.dtype.name, "shape": list(array.shape), "v": data}


class _Decoder:
    """Counts what it has met, so that a small message cannot unfold into a large value."""

    def __init__(self) -> None:
        self.items = 0

    def decode(self, data: Any, depth: int = 0) -> Any:
        self.items += 1
        if depth > 2 * DEPTH or self.items > 4 * ITEMS:
            raise Malformed("too large or too deep")
        if data is None or isinstance(data, bool | int | float | str):
            return data
        if not isinstance(data, dict) or not isinstance(data.get("t"), str) or "v" not in data:
            raise Malformed("an entry without its tag")
        tag, body = data["t"], data["v"]
        match tag, body:
            case "float", "nan" | "inf" | "-inf":
                return float(body)
            case "ref", int() if not isinstance(body, bool):
                return Ref(body)
            case "list", list():
                return [self.decode(item, depth + 1) for item in body]
            case "tuple", list():
                return tuple(self.decode(item, depth + 1) for item in body)
            case "dict", list():
                return dict(self._pair(pair, depth) for pair in body)
            case "array", str():
                return _decode_array(data.get("dtype"), data.get("shape"), body)
            case _, dict() if tag in RECORDS:
                return self._record(RECORDS[tag], body, depth)
        raise Malformed(f"an entry with the tag {tag[:20]!r}")

    def _pair(self, pair: Any, depth: int) -> tuple[str | int, Any]:
        match pair:
            case [str() | int() as key, item] if not isinstance(key, bool):
                return key, self.decode(item, depth + 1)
        raise Malformed("a dict entry that is no pair")

    def _record(self, cls: type, body: dict[str, Any], depth: int) -> Any:
        hints = typing.get_type_hints(cls)
        if set(body) != set(hints):
            raise Malformed(f"an account of a {cls.__name__} with other fields")
        values = {name: self.decode(item, depth + 1) for name, item in body.items()}
        for name, value in values.items():
            if not _conforms(value, hints[name]):
                raise Malformed(f"an account of a {cls.__name__} whose {name} is of another type")
        return cls(**values)


def _conforms(value: Any, hint: Any) -> bool:
    """Whether a decoded value has the annotated type, looking into lists, dicts and unions."""
    if hint is Any:
        return True
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is list:
        return isinstance(value, list) and all(_conforms(item, args[0]) for item in value)
    if origin is dict:
        return isinstance(value, dict) and all(_conforms(k, args[0]) and _conforms(v, args[1]) for k, v in value.items())
    if origin in (types.UnionType, typing.Union):
        return any(_conforms(value, arg) for arg in args)
    if origin is np.ndarray:
        return isinstance(value, np.ndarray)
    if hint is float:
        return isinstance(value, float | int) and not isinstance(value, bool)
    return isinstance(value, hint) and (hint is bool or not isinstance(value, bool))


def _decode_array(dtype: Any, shape: Any, body: str) -> np.ndarray:
    if dtype not in DTYPES or not isinstance(shape, list) or len(shape) > 16:
        raise Malformed("an array without a known dtype and shape")
    if not all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n < 2**40 for n in shape):
        raise Malformed("an array with an impossible shape")
    try:
        raw = base64.b64decode(body.encode("ascii"), validate=True)
    except ValueError as error:
        raise Malformed("an array whose bytes do not decode") from error
    if math.prod(shape) * np.dtype(dtype).itemsize != len(raw):
        raise Malformed("an array whose bytes do not fill its shape")
    little = np.dtype(dtype).newbyteorder("<")
    return np.frombuffer(raw, dtype=little).astype(dtype).reshape(shape)


def decode(data: Any) -> Any:
    """The value that `encode` was given. Raises Malformed for anything else, whatever it is."""
    try:
        return _Decoder().decode(data)
    except (RecursionError, OverflowError, TypeError) as error:
        raise Malformed(f"{type(error).__name__} in an entry") from error


def pack(message: dict[str, Any]) -> bytes:
    """One frame. Raises Unfit when it would be larger than a frame may be."""
    body = json.dumps(message, allow_nan=False, separators=(",", ":")).encode("utf-8", "replace")
    if len(body) > FRAME_BYTES:
        raise Unfit("an answer larger than a grader reads")
    return struct.pack(">I", len(body)) + body


def _refuse_constant(name: str) -> Any:
    raise Malformed(f"the bare constant {name}")


def unpack(body: bytes) -> dict[str, Any]:
    """The message in a frame's body. Raises Malformed for anything else, whatever the bytes are."""
    try:
        message = json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise Malformed("a frame that is not JSON") from error
    if not isinstance(message, dict):
        raise Malformed("a frame that holds no message")
    return message


def read_frame(stream: BinaryIO, limit: int = FRAME_BYTES) -> bytes | None:
    """The next frame's body, or None at the end of the stream. Raises Malformed when it is cut off or longer than `limit`."""
    head = stream.read(4)
    if not head:
        return None
    if len(head) < 4:
        raise Malformed("a frame cut off in its head")
    (length,) = struct.unpack(">I", head)
    if length > limit:
        raise Malformed(f"a frame of {length:,} bytes")
    body = stream.read(length)
    if len(body) < length:
        raise Malformed("a frame cut off")
    return body
