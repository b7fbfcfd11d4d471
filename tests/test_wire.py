"""What crosses the wall comes out as it went in; anything else is refused by name."""

import math

import numpy as np
import pytest

from course import wire


@pytest.mark.parametrize("value", [None, True, 3, -2.5, "文字", [1, (2, "x")], {"a": [1.0], 2: None}, math.inf])
def test_plain_values_come_back(value):
    assert wire.decode(wire.unpack(wire.pack({"v": wire.encode(value)})[4:])["v"]) == value


@pytest.mark.parametrize("dtype", ["bool", "int32", "uint8", "float16", "float64"])
def test_arrays_come_back(dtype):
    array = np.arange(6).reshape(2, 3).astype(dtype)
    back = wire.decode(wire.encode(array))
    assert back.dtype == array.dtype and np.array_equal(back, array)


def test_nan_arrives_as_nan():
    assert math.isnan(wire.decode(wire.encode(math.nan)))


@pytest.mark.parametrize("value", [object(), np.array(["a"]), {1.5: 2}, 1 << 5000])
def test_other_values_are_refused(value):
    with pytest.raises(wire.Unfit):
        wire.encode(value)


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"t": "list"},
        {"t": "pickle", "v": ""},
        {"t": "array", "dtype": "object", "shape": [1], "v": ""},
        {"t": "array", "dtype": "float64", "shape": [10**9, 10**9], "v": ""},
        {"t": "Model", "v": {"kind": 1}},
        {"t": "float", "v": "1e999"},
    ],
)
def test_malformed_answers_are_refused(data):
    with pytest.raises(wire.Malformed):
        wire.decode(data)
