"""Random and mutated answers: always a value or a clear refusal, never another exception, never a pass, never much memory."""

import random
import struct
import subprocess
import sys

import numpy as np
import pytest

from course.checks import Miss, close
from course.wall import message
from course.wall.child import Trouble
from course.wall.message import History, MalformedError, Raised, Told
from course.wall.question import Step
from course.wall.room import read

STEP = Step(3, "call")
VALUES = (1.5, [1, (2, None)], {"a": [float("nan")]}, np.arange(6.0).reshape(2, 3), "text")
SEEDS = [
    *(Told(3, message.to_value(value)) for value in VALUES),
    Told(3, History({"loss": [1.0]}, {}, 1)),
    Raised(3, "raised", "ValueError", "m", 3),
    message.Unfit(3, "type", "object"),
    message.Done(3),
]
RIGHT = message.pack(Told(3, 123.456))


def split(frame):
    """A frame's two parts."""
    length = struct.unpack(">II", frame[:8])[0]
    return frame[8 : 8 + length], frame[8 + length :]


def mutate(rng, body):
    """Some bytes changed, cut, doubled or put elsewhere."""
    body = bytearray(body)
    for _ in range(rng.randrange(1, 6)):
        at = rng.randrange(len(body) + 1)
        match rng.randrange(5):
            case 0 if body:
                body[at % len(body)] = rng.randrange(256)
            case 1:
                body[at:at] = bytes(rng.randrange(256) for _ in range(rng.randrange(1, 9)))
            case 2:
                del body[at : at + rng.randrange(1, 5)]
            case 3:
                body[at:at] = body[: rng.randrange(len(body) + 1)]
            case 4 if body:
                # The heads of lists, maps, text and numbers, where a mutation does most.
                body[at % len(body)] = rng.choice(
                    b"\x80\x90\xa0\xc0\xc2\xc4\xca\xd9\xdc\xde\xdf\xff"
                )
    return bytes(body)


def verdict(body, arrays=b""):
    """What the grader makes of one frame: whether a check that expects 123.456 would pass."""
    try:
        reply = read(message.unpack(body, arrays, message.Reply), STEP.number, True)
        value = None if isinstance(reply, Trouble) else message.from_value(reply)
    except MalformedError:
        return False
    try:
        close(value, 123.456)
    except Miss:
        return False
    return True


def test_twenty_thousand_mutated_answers():
    rng = random.Random(1)
    seeds = [split(message.pack(reply)) for reply in SEEDS]
    for _ in range(20_000):
        body, arrays = rng.choice(seeds)
        if arrays and rng.random() < 0.3:
            arrays = mutate(rng, arrays)
        assert verdict(mutate(rng, body), arrays) is False
    assert verdict(*split(RIGHT))


TOLD = b"\x93\xa4told\x03"
SIZE = message.MESSAGE_BYTES - 64


def repeated(item, head=b"\x92\xa4list\xdd"):
    """A list of as many items as a frame holds."""
    count = (SIZE - 16) // len(item)
    return TOLD + head + struct.pack(">I", count) + item * count


BOMBS = {
    "nothing": repeated(b"\xc0"),
    "lists of nothing": repeated(b"\x92\xa4list\x90"),
    "nested": TOLD + b"\x92\xa4list\x91" * (SIZE // 7),
    "arrays of nothing": repeated(b"\x92\xa5array\x92\xa4bool\x91\x00"),
    "huge shapes": repeated(b"\x92\xa5array\x92\xa4bool\x92\xce\xff\xff\xff\xff\x00"),
    "short texts": repeated(b"\xa2ab"),
    "long integers": repeated(b"\x92\xa3int\xa212"),
    "configs": TOLD + b"\x95\xa5keras\xa0\xa0\xc3\x81\xa0\xdd" + struct.pack(">I", SIZE - 64)
    + b"\x90" * (SIZE - 64),
    "lists of lists, each as long as may be": TOLD + b"\x92\xa4list\xdc\x00\x0a"
    + (b"\x92\xa4list\xdd" + struct.pack(">I", 190_000) + b"\xc0" * 190_000) * 10,
}  # fmt: skip
PROBE = """
import sys
from course.wall import message
from course.wall.room import read
body, arrays = sys.stdin.buffer.read(), b"\\0" * message.ARRAY_BYTES if sys.argv[1] == "arrays" else b""
try:
    read(message.unpack(body, arrays, message.Reply), 3, True)
except message.MalformedError:
    pass
# This program's own peak: getrusage would count that of the program which started it.
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak.split()[1]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")
@pytest.mark.parametrize("arrays", ["alone", "arrays"])
@pytest.mark.parametrize("name", BOMBS)
def test_no_frame_unfolds_into_much_memory(name, arrays):
    assert len(BOMBS[name]) <= message.MESSAGE_BYTES
    run = [sys.executable, "-c", PROBE, arrays]
    probe = subprocess.run(run, input=BOMBS[name], capture_output=True, check=True)
    assert int(probe.stdout) < 300


def test_a_longer_frame_is_refused_by_its_head():
    class Head:
        def read(self, size):
            assert size == 8, "the frame was read"
            return struct.pack(">II", message.MESSAGE_BYTES + 1, 0)

    with pytest.raises(MalformedError):
        message.read_frame(Head())
