"""A file that misbehaves earns nothing by it, and costs only the question it was asked."""

import contextlib
import dataclasses
import os
import sys

import numpy as np
import psutil
import pytest

from course.wall.child import Limits, Trouble
from course.wall.clean import CleanRoom
from course.wall.message import History, Model
from course.wall.process import WarmServer
from course.wall.question import keras, snapshot, student
from course.wall.room import Answer, Room

QUICK = Limits(cpu_seconds=4, wall_seconds=20)


@pytest.fixture(params=["spawned", "forked"], scope="module")
def ask(request):
    """Ask questions of one file: by a process that imports Keras itself, and by a fork of the warm process."""
    if request.param == "forked" and not WarmServer.available:
        pytest.skip("no fork on this system")
    with WarmServer() as warm:
        server = warm if request.param == "forked" else None
        with contextlib.closing(CleanRoom(server)) as clean:

            def ask(source, *questions, limits=QUICK):
                with Room(source.encode(), "05_losses.py", 1, limits, clean) as room:
                    return [room.ask(question) for question in questions]

            yield ask


def test_answers_and_troubles_of_one_file(ask):
    source = """
import os, sys, math, enum
import numpy as np
VALUE = {"a": [1, (2.5, math.nan)], "b": None}
def double(x): return 2 * x
def boom(): return [][3]
def todo(): raise NotImplementedError
def skip():
    import unittest
    raise unittest.SkipTest("pass me")
def leave(): os._exit(0)
def loop():
    while True:
        try:
            while True: pass
        except BaseException: pass
def endless():
    while True: yield 1
def liar():
    class Yes(float):
        def __eq__(self, other): return True
    return Yes(3.0)
def shape(): return np.broadcast_to(np.float32(0), (10**5, 10**5))
def text(): return np.array(["a"])
def forge():
    for fd in range(3, 1024):
        try: os.write(fd, b"\\x00\\x00\\x00\\x02{}")
        except OSError: pass
def environment(): return dict(os.environ)
"""
    array = np.arange(3.0)
    names = [
        "VALUE",
        "todo",
        "boom",
        "skip",
        "leave",
        "endless",
        "liar",
        "shape",
        "text",
        "loop",
        "forge",
        "environment",
    ]
    questions = [
        student.double(array),
        student.VALUE,
        *(getattr(student, name)() for name in names[1:]),
        student.gone(),
    ]
    doubled, value, *rest = ask(source, *questions, student.double(array))
    assert np.array_equal(doubled.value, 2 * array)
    assert value.value["a"][0] == 1 and np.isnan(value.value["a"][1][1])
    got = dict(zip(names[1:], rest, strict=False))
    assert got["todo"].kind == "not attempted"
    assert (
        got["boom"].kind == "raised"
        and got["boom"].line == 6
        and "IndexError" in got["boom"].sentence
    )
    assert got["skip"].kind == "raised"
    assert got["leave"].kind == "crash" and "Python ended" in got["leave"].sentence
    assert got["endless"].kind == got["shape"].kind == got["text"].kind == "unfit"
    assert got["liar"].value == 3.0 and type(got["liar"].value) is float
    assert got["loop"].kind == "limit"
    assert got["forge"].kind == "protocol"
    assert not set(got["environment"].value) & {"USER", "VIRTUAL_ENV", "SSH_AUTH_SOCK"}
    assert rest[-2].kind == "missing"
    assert isinstance(rest[-1], Answer) and np.array_equal(rest[-1].value, 2 * array)


def test_exit_at_import(ask):
    first, second = ask("import os\nos._exit(0)", student.a(), student.b())
    assert first.kind == second.kind == "crash" and first.fresh and not second.fresh


def test_root_is_given_up_where_another_user_can_read_python(ask):
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can become another user")
    from course.wall import confine

    (reply,) = ask("import os\ndef who(): return os.getuid()", student.who())
    warm = "forked" in os.environ["PYTEST_CURRENT_TEST"]
    assert reply.value == ((confine.other_user() or 0) if warm else 0)


def test_an_older_kernel_is_told(monkeypatch):
    from course.wall import confine, room

    monkeypatch.setattr(confine, "landlock_version", lambda: 4)
    said = " ".join(room.older_kernel())
    assert "version 4" in said and "signals" in said and "network" not in said


def test_too_much_print_ends_at_its_limit(ask):
    limits = dataclasses.replace(QUICK, output_bytes=100_000, cpu_seconds=30)
    (reply,) = ask(
        "def talk():\n    while True: print('x' * 10_000)", student.talk(), limits=limits
    )
    assert reply.kind == "limit" and "printed more" in reply.sentence


def test_models_and_histories_are_told(ask):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, activation="softmax")])
    fitted = student.fit(model)
    source = """
import numpy as np
def fit(model):
    model.compile(loss="mse", optimizer="sgd", metrics=["accuracy"])
    return model.fit(np.ones((8, 3)), np.ones((8, 2)), epochs=2, batch_size=4, verbose=0)
def unbuilt(keras): return keras.Sequential([keras.layers.Dense(2)])
def two(keras):
    x = keras.Input((3,))
    a, b = keras.layers.Dense(2)(x), keras.layers.Dense(2)(x)
    return keras.Model(x, keras.layers.Maximum()([a, b]))
def symbolic(keras): return keras.Input((3,))
"""
    before, history, after, unbuilt, two, symbolic = (
        reply.value if isinstance(reply, Answer) else reply
        for reply in ask(
            source,
            model,
            fitted,
            snapshot(model),
            *(getattr(student, n)(keras) for n in ("unbuilt", "two", "symbolic")),
        )
    )
    assert isinstance(before, Model) and before.compiled is None and before.parameters == 8
    assert [layer.class_name for layer in before.layers] == ["InputLayer", "Dense"]
    assert before.layers[1].output_shape == [None, 2] and before.layers[1].config["units"] == 2
    assert (
        isinstance(history, History) and len(history.history["loss"]) == 2 and history.updates == 4
    )
    assert (
        after.compiled.loss.name == "mean_squared_error" and after.compiled.optimizer.name == "SGD"
    )
    assert not np.array_equal(before.weights[0], after.weights[0])
    assert not unbuilt.built and unbuilt.weights == []
    assert [layer.inputs for layer in two.layers][-1] == [1, 2] and two.outputs == [3]
    assert isinstance(symbolic, Trouble) and "symbolic" in symbolic.sentence


@pytest.mark.skipif(os.name != "posix", reason="counts POSIX processes")
def test_nothing_is_left_behind(tmp_path):
    source = f"""
import subprocess, sys
def start():
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", "{tmp_path}"], start_new_session=True)
    return 1
"""
    with Room(source.encode(), "05_losses.py", 1) as room:
        room.ask(student.start())
        scratch = room.child.scratch
    assert not scratch.exists()
    left = [
        p
        for p in psutil.process_iter(["cmdline", "status"])
        if str(tmp_path) in (p.info["cmdline"] or [])
    ]
    assert [p for p in left if p.info["status"] != psutil.STATUS_ZOMBIE] == []


def test_an_error_of_a_library_is_not_told_as_an_unwritten_function(ask):
    source = """
import keras
def own(): raise NotImplementedError
class Empty(keras.layers.Layer):
    def compute_output_shape(self, shape): return super().compute_output_shape(shape)
def library(): return Empty().get_initial_state()
def of_keras(): return keras.optimizers.Optimizer(0.1).update_step(None, None, None)
"""
    own, _, of_keras = ask(source, student.own(), student.library(), student.of_keras())
    assert own.kind == "not attempted" and of_keras.kind == "raised"


def test_trouble_at_the_top_of_a_file_is_known_as_such(ask):
    (raised,) = ask("def f(: return 1", student.f())
    (inside,) = ask("def f(): return 1 / 0", student.f())
    assert raised.at_top and not inside.at_top


def test_without_fork_a_spare_process_stands_ready(monkeypatch):
    monkeypatch.setattr(WarmServer, "available", False)
    with WarmServer(spare=True) as warm, contextlib.closing(CleanRoom(warm)) as clean:
        with Room(b"def f(): return 1", "student.py", 1, QUICK, clean) as room:
            assert room.ask(student.f()) == Answer(1)
            ready = warm.spare
        with Room(b"def f(): return 2", "student.py", 1, QUICK, clean) as room:
            assert room.ask(student.f()) == Answer(2)
            assert room.child.process is ready and warm.spare is not ready
        spare = warm.spare
    assert spare.process.poll() is not None and not spare.scratch.exists()


@pytest.mark.skipif(not WarmServer.available, reason="no fork on this system")
def test_what_a_step_rests_on_is_done_again_where_the_server_is_lost():
    """The system may end the server, and with it the student's process: the answer is the same."""
    source = b"def make(): return [3]\ndef first(x): return x[0]\ndef last(x): return x[-1]\n"
    made = student.make()
    with (
        WarmServer() as warm,
        contextlib.closing(CleanRoom(warm)) as clean,
        Room(source, "05_losses.py", 1, QUICK, clean) as room,
    ):
        assert room.ask(student.first(made)) == Answer(3)
        child = psutil.Process(room.child.process.pid)
        psutil.Process(room.child.server).kill()
        child.wait(10)
        assert room.ask(student.last(made)) == Answer(3)
