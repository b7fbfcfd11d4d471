"""Random and mutated answers: always a value or a clear refusal, never another exception, never a pass."""

import random

import numpy as np

from course import wire
from course.compare import Miss, close
from course.probe import Step
from course.sandbox import Answer, Trouble, read

STEP = Step(3, "call")
SEEDS = [
    {"status": "answer", "step": 3, "v": wire.encode(value)}
    for value in (1.5, [1, (2, None)], {"a": [float("nan")]}, np.arange(6.0).reshape(2, 3), wire.History({"loss": [1.0]}, {}, 1))
] + [{"status": "raised", "step": 3, "type": "ValueError", "message": "m", "line": 3}, {"status": "done", "step": 3}]
JUNK = [
    None,
    True,
    -1,
    2**70,
    1e308,
    "",
    "\x1b[2J",
    [],
    {},
    {"t": "list", "v": [[]]},
    {"t": "array", "dtype": "float64", "shape": [-1], "v": "AA=="},
]


def mutate(rng, data):
    """The message with one entry, at any depth, replaced, removed or doubled."""
    if rng.random() < 0.3 or not isinstance(data, dict | list) or not data:
        return rng.choice(JUNK)
    copy = dict(data) if isinstance(data, dict) else list(data)
    key = rng.choice(list(copy) if isinstance(copy, dict) else range(len(copy)))
    if isinstance(copy, dict) and rng.random() < 0.2:
        del copy[key]
    else:
        copy[key] = mutate(rng, copy[key])
    return copy


def verdict(body):
    """What the grader makes of one frame's body: whether a check that expects 123.456 would pass."""
    try:
        reply = read(wire.unpack(body), STEP, True)
    except wire.Malformed:
        return False
    assert reply is None or isinstance(reply, Answer | Trouble)
    try:
        close(reply.value if isinstance(reply, Answer) else None, 123.456)
    except Miss:
        return False
    return True


def test_twenty_thousand_mutated_answers():
    rng = random.Random(1)
    refused = 0
    for number in range(20_000):
        message = rng.choice(SEEDS)
        for _ in range(rng.randrange(1, 4)):
            message = mutate(rng, message)
        try:
            body = wire.json.dumps(message).encode()
        except (ValueError, TypeError):
            continue
        if number % 3 == 0:
            cut = bytearray(body)
            for _ in range(rng.randrange(1, 6)):
                cut[rng.randrange(len(cut))] = rng.randrange(256)
            body = bytes(cut[: rng.randrange(len(cut) + 1)])
        assert verdict(body) is False
        refused += 1
    assert refused > 19_000
    assert verdict(wire.json.dumps({"status": "answer", "step": 3, "v": 123.456}).encode())


def test_deep_and_wide_answers_are_refused():
    assert not verdict(b"[" * 200_000)
    assert not verdict(b'{"status":"answer","step":3,"v":' + b'{"t":"list","v":[' * 5_000 + b"]}" * 5_000 + b"}")
    assert not verdict(b'{"status":"answer","step":3,"v":' + b"9" * 10_000 + b"}")
    assert not verdict(b'{"status":"answer","step":3,"v":NaN}')
