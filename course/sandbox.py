"""The wall: one worker process per student's file, limited, watched and killed from outside; answers or Trouble come back.

Fail closed: whatever is not a well-formed answer to the question just asked is Trouble. What stood before a hang or a crash
counts, and the worker starts again behind the culprit, so that one endless loop costs one check.
"""

import contextlib
import dataclasses
import os
import queue
import select
import shutil
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psutil

from course import wire
from course.language import t
from course.probe import Plan, Question, Step
from course.processes import Forked, Spawned, Warm


@dataclasses.dataclass(frozen=True)
class Limits:
    """What one student's file may use. Seconds are per question unless said; the wall clock is generous, as machines are busy."""

    cpu_seconds: float = 10.0
    wall_seconds: float = 90.0
    file_cpu_seconds: int = 600
    start_seconds: float = 300.0
    memory_bytes: int = 6 * 2**30
    written_bytes: int = 64 * 2**20
    open_files: int = 1024
    scratch_bytes: int = 256 * 2**20
    threads: int = 256
    output_bytes: int = 8 * 2**20
    answer_bytes: int = wire.FRAME_BYTES


@dataclasses.dataclass(frozen=True)
class Answer:
    """What a question got: a value made of plain data, arrays and accounts of Keras's objects."""

    value: Any


@dataclasses.dataclass(frozen=True)
class Trouble:
    """Why a question got no answer. `fresh` is false when an earlier question met the same trouble at the same step.

    kind: raised, not attempted, missing, uncallable, unfit, limit, crash, protocol, or grader (no fault of the student's).
    """

    kind: str
    sentence: str
    line: int | None = None
    fresh: bool = True
    error: str = ""


# So many bytes of what a step prints are kept.
PRINTED = 20_000
FULL = ("process", "limits", "files", "calls")


def isolation() -> list[str]:
    """The layers in force on this machine, of FULL: outside Linux a file has only a process of its own, with limits."""
    if sys.platform != "linux":
        return list(FULL[:2]) if os.name == "posix" else ["process"]
    from course import confine

    return [*FULL[:2], *confine.layers_here()]


def missing_layers() -> list[str]:
    """What this machine's isolation lacks, in words and in the language in force."""
    words = {
        "limits": t("limits kept by the system"),
        "files": t("no reading or writing of other files"),
        "calls": t("no network, no new processes"),
    }
    return [words[layer] for layer in FULL[1:] if layer not in isolation()]


class Child:
    """A worker process; two threads read its answers and its prints with caps, while it lives."""

    def __init__(self, source: bytes, file_name: str, limits: Limits, warm: Warm | None) -> None:
        self.limits = limits
        self.printed = bytearray()
        self.printed_total, self.hearing = 0, threading.Lock()
        self.scratch = Path(tempfile.mkdtemp(prefix="course-")).resolve()
        self.file = self.scratch / file_name
        self.file.write_bytes(source)
        system_limits = {
            "RLIMIT_CPU": limits.file_cpu_seconds,
            "RLIMIT_FSIZE": limits.written_bytes,
            "RLIMIT_NOFILE": limits.open_files,
            "RLIMIT_CORE": 0,
        }
        try:
            self.process = Forked(warm, self.scratch, system_limits) if warm and warm.here else Spawned(self.scratch, system_limits)
        except BaseException:
            shutil.rmtree(self.scratch, ignore_errors=True)
            raise
        self.watched = psutil.Process(self.process.pid)
        self.answers: queue.Queue[bytes | Exception | None] = queue.Queue()
        self.readers = [threading.Thread(target=read, daemon=True) for read in (self._read_answers, self._read_output)]
        for reader in self.readers:
            reader.start()

    def _read_answers(self) -> None:
        stream = self.process.answers
        try:
            while (body := wire.read_frame(stream, self.limits.answer_bytes)) is not None:
                self.answers.put(body)
                if self.answers.qsize() > 8:
                    raise wire.Malformed("answers to questions that nobody asked")
        except Exception as error:
            self.answers.put(error)
        self.answers.put(None)

    def _read_output(self) -> None:
        stream = self.process.output
        with contextlib.suppress(OSError, ValueError):
            while True:
                if os.name == "posix":
                    select.select([stream], [], [])
                # Reading and keeping are one, so that `heard` finds what was read.
                with self.hearing:
                    data = os.read(stream.fileno(), 65536)
                    self.printed_total += len(data)
                    self.printed += data
                    del self.printed[:-PRINTED]
                if not data:
                    return

    def heard(self) -> str:
        """What was printed since this was last asked, its end where it is long; what came before an answer is waited for."""
        until = time.monotonic() + 0.2
        with contextlib.suppress(OSError, ValueError):
            while os.name == "posix" and self.readers[1].is_alive() and time.monotonic() < until:
                with self.hearing:
                    if not select.select([self.process.output], [], [], 0)[0]:
                        break
                time.sleep(0.001)
        with self.hearing:
            fresh = bytes(self.printed)
            self.printed.clear()
        return printable(fresh.decode("utf-8", "replace"))

    def request(self, message: dict[str, Any], cpu_seconds: float, wall_seconds: float) -> Any:
        """The message that answers this one, or Trouble. Anything that came before it was asked for is Trouble too."""
        if not self.answers.empty() and (early := self.answers.get()) is not None:
            return Trouble("protocol", f"The answer channel was written to out of turn. {early!r:.0}")
        try:
            self.process.requests.write(wire.pack({"v": wire.encode(message)}))
            self.process.requests.flush()
        except OSError:
            return self._ended()
        return self.receive(cpu_seconds, wall_seconds)

    def receive(self, cpu_seconds: float, wall_seconds: float) -> Any:
        """The next message, or Trouble when it does not come within the limits."""
        start, cpu_start = time.monotonic(), self._cpu()
        while True:
            try:
                body = self.answers.get(timeout=0.05)
                break
            except queue.Empty:
                if time.monotonic() - start > wall_seconds:
                    return Trouble("limit", f"It took longer than {wall_seconds:.0f} seconds.")
                if trouble := self._over(cpu_start, cpu_seconds):
                    return trouble
        if body is None:
            return self._ended()
        try:
            if isinstance(body, Exception):
                raise body
            return wire.unpack(body)
        except Exception:
            return Trouble("protocol", "The answer channel was written to by something else.")

    def _over(self, cpu_start: float, cpu_seconds: float) -> Trouble | None:
        if self._cpu() - cpu_start > cpu_seconds:
            sentence = f"It used more than {cpu_seconds:.0f} seconds of computing time: is there a loop that never ends?"
            return Trouble("limit", sentence)
        with contextlib.suppress(psutil.Error):
            if self.watched.num_threads() > self.limits.threads:
                return Trouble("limit", f"It started more than {self.limits.threads} threads.")
            if self.watched.memory_info().rss > self.limits.memory_bytes:
                return Trouble("limit", f"It used more than {self.limits.memory_bytes / 2**30:.0f} GiB of memory.")
        if self.printed_total > self.limits.output_bytes:
            return Trouble("limit", f"It printed more than {self.limits.output_bytes // 2**20} MiB of text.")
        if _size(self.scratch) > self.limits.scratch_bytes:
            return Trouble("limit", f"It wrote more than {self.limits.scratch_bytes // 2**20} MiB of files.")
        return None

    def _cpu(self) -> float:
        try:
            times = self.watched.cpu_times()
        except psutil.Error:
            return 0.0
        return times.user + times.system

    def _ended(self) -> Trouble:
        code = self.process.status(5)
        if code is None:
            return Trouble("protocol", "The answer channel was closed.")
        if code == -getattr(signal, "SIGXCPU", 24):
            return Trouble("limit", "It used up the computing time that one file may have.")
        if code < 0:
            return Trouble("crash", f"Python crashed here (signal {-code}).")
        return Trouble("crash", "Python ended here: is there an exit(), quit() or os._exit()?")

    def kill(self) -> None:
        """End the process and all that it started, and remove its folder."""
        self.process.kill()
        for reader in self.readers:
            reader.join(5)
        for stream in (self.process.requests, self.process.answers, self.process.output):
            # A reader that still waits holds its stream's lock: closing would wait with it.
            with contextlib.suppress(OSError, ValueError):
                if stream is self.process.requests or not any(reader.is_alive() for reader in self.readers):
                    stream.close()
        shutil.rmtree(self.scratch, ignore_errors=True)


def _size(folder: Path) -> int:
    """Bytes of the files in a folder; a name counts a little too, so that empty files without end are seen."""
    total = 0
    for here, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += 4096 + os.lstat(os.path.join(here, name)).st_size
    return total


class Room:
    """One student's file, ready to be asked; starts its worker when the first question comes, and again behind a crash."""

    def __init__(self, source: bytes, file_name: str, seed: int, limits: Limits | None = None, warm: Warm | None = None) -> None:
        self.source, self.file_name, self.seed = source, file_name, seed
        self.limits, self.warm = limits or Limits(), warm
        self.plan = Plan()
        self.troubles: dict[int, Trouble] = {}
        self.child: Child | None = None
        self.done: set[int] = set()
        self.printed = ""

    def ask(self, question: Question, cpu_seconds: float | None = None) -> Answer | Trouble:
        """The answer, or why there is none. Steps that questions share are done once. `printed` grows by what they print."""
        target = self.plan.lay(question)
        for step in self.plan.path(target):
            if step.number in self.troubles:
                return dataclasses.replace(self.troubles[step.number], fresh=False)
            if step.number in self.done and step.number != target:
                continue
            reply = self._do(step, step.number == target, cpu_seconds or self.limits.cpu_seconds)
            if isinstance(reply, Trouble):
                if reply.kind not in ("unfit", "grader"):
                    self.troubles[step.number] = reply
                return reply
        return reply if isinstance(reply, Answer) else Trouble("grader", "No step was done.")

    def _do(self, step: Step, tell: bool, cpu_seconds: float) -> Answer | Trouble | None:
        try:
            child = self.child or self._start()
        except Exception as error:
            return Trouble("grader", f"The worker did not start: {error}")
        if isinstance(child, Trouble):
            return child
        name = str(child.file) if step.op == "student" else step.name
        message = {
            "step": step.number,
            "op": step.op,
            "of": step.of,
            "name": name,
            "args": step.args,
            "kwargs": step.kwargs,
            "tell": tell,
        }
        reply = child.request(message, cpu_seconds, self.limits.wall_seconds)
        self.printed += child.heard()
        if not isinstance(reply, Trouble):
            reply = read(reply, step, tell)
        if isinstance(reply, Trouble) and reply.kind in ("limit", "crash", "protocol"):
            self.close()
        else:
            self.done.add(step.number)
        return reply

    def _start(self) -> Child | Trouble:
        child = Child(self.source, self.file_name, self.limits, self.warm)
        # Keras's import is not the student's time.
        hello = child.receive(self.limits.start_seconds, self.limits.start_seconds)
        if not isinstance(hello, dict) or hello.get("status") != "ready":
            child.kill()
            said = bytes(child.printed).decode("utf-8", "replace").strip().splitlines()
            why = said[-1] if said else "it ended before it was ready"
            return Trouble("grader", f"The worker did not start: {why}")
        if self.warm and self.warm.here and not {"files", "calls"} & set(isolation()) <= set(hello.get("layers") or ()):
            child.kill()
            return Trouble("grader", "The worker could not confine itself as this machine should allow.")
        seed = {"step": -1, "op": "seed", "of": None, "name": self.seed, "args": (), "kwargs": {}}
        child.request(seed | {"tell": False}, 60.0, self.limits.wall_seconds)
        # What TensorFlow says while it is imported is not the student's.
        child.printed.clear()
        self.child = child
        return child

    def close(self) -> None:
        """End the worker; a later question starts another."""
        if self.child is not None:
            self.child.kill()
        self.child = None
        self.done.clear()

    def __enter__(self) -> "Room":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read(reply: dict[str, Any], step: Step, tell: bool) -> Answer | Trouble | None:
    """A worker's message, which the student's code may have forged, as an answer to this very step or as Trouble."""
    forged = Trouble("protocol", "The answer channel was written to by something else.")
    if reply.get("step") != step.number:
        return forged
    line = reply.get("line")
    line = line if isinstance(line, int) and not isinstance(line, bool) else None
    error, message = str(reply.get("type", ""))[:100], str(reply.get("message", ""))[:2000]
    match reply.get("status"):
        case "done" if not tell:
            return None
        case "answer" if tell:
            try:
                return Answer(wire.decode(reply.get("v")))
            except wire.Malformed:
                return forged
        case "unfit":
            return Trouble("unfit", f"It gave {printable(message)}.")
        case "missing":
            return Trouble("missing", printable(message), error=error)
        case "uncallable":
            return Trouble("uncallable", printable(f"{error}: {message}"), line, error=error)
        case "raised" if error == "NotImplementedError":
            return Trouble("not attempted", "Not written yet: write the function, and save the file.", line, error=error)
        case "raised":
            return Trouble("raised", printable(f"{error}: {message}" if message else error), line, True, error)
    return forged


def printable(text: str) -> str:
    """Text from the far side without control characters, which would move a terminal's cursor or colour it."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)
