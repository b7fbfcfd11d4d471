"""What crosses the wall comes out as it went in; anything else is refused by name."""

import io
import math

import numpy as np
import pytest

from course.wall import message
from course.wall.message import MalformedError, Told, UnfitError


def there_and_back(value):
    frame = message.pack(Told(1, message.to_value(value)))
    parts = message.read_frame(io.BytesIO(frame))
    return message.from_value(message.unpack(*parts, message.Reply).value)


@pytest.mark.parametrize(
    "value",
    [None, True, 3, 2**63, -(2**70), -2.5, "文字", [1, (2, "x")], {"a": [1.0], 2: None}, math.inf],
)
def test_plain_values_come_back(value):
    assert there_and_back(value) == value


@pytest.mark.parametrize("dtype", ["bool", "int32", "uint8", "float16", "float64"])
def test_arrays_come_back(dtype):
    array = np.arange(6).reshape(2, 3).astype(dtype)
    back = there_and_back(array)
    assert back.dtype == array.dtype and np.array_equal(back, array)


def test_arrays_inside_of_values_keep_their_places():
    first, second = np.arange(3), np.ones((2, 2), "float32")
    back = there_and_back({"a": [first, 1], "b": (second,)})
    assert np.array_equal(back["a"][0], first) and np.array_equal(back["b"][0], second)


def test_nan_arrives_as_nan():
    assert math.isnan(there_and_back(math.nan))


def test_halves_of_characters_are_written_out():
    assert there_and_back("\ud800") == "\\ud800"


@pytest.mark.parametrize("value", [object(), np.array(["a"]), {1.5: 2}, 1 << 5000])
def test_other_values_are_refused(value):
    with pytest.raises(UnfitError):
        there_and_back(value)


def told(value, arrays=b""):
    """A frame's two parts whose value is these raw MessagePack bytes."""
    return b"\x93\xa4told\x01" + value, arrays


def test_a_told_value_by_hand_is_read():
    assert message.unpack(*told(b"\xc3"), message.Reply).value is True


@pytest.mark.parametrize(
    "body",
    [
        b"\x90",
        b"\x91\xa4list",
        b"\x92\xa6pickle\xa0",
        b"\x92\xa5array\x92\xa6object\x91\x01",
        b"\x92\xa5array\x92\xa7float64\x92\xce\x3b\x9a\xca\x00\xce\x3b\x9a\xca\x00",
        b"\x92\xa5model\x01",
        b"\xd6\xff\x00\x00\x00\x00",
        b"\xa1\xff",
        b"\xc1",
    ],
)
def test_malformed_answers_are_refused(body):
    with pytest.raises(MalformedError):
        message.unpack(*told(body), message.Reply)


def test_bytes_that_belong_to_no_array_are_refused():
    with pytest.raises(MalformedError):
        message.unpack(*told(b"\xc3", b"left over"), message.Reply)


def test_a_bool_of_another_byte_is_true():
    value = message.unpack(
        *told(b"\x92\xa5array\x92\xa4bool\x91\x01", b"\x02"), message.Reply
    ).value
    assert value.array[0] == np.True_
