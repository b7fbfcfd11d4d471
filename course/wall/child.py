"""One worker process under watch: requests go in, replies come out within limits, and it is killed from outside."""

import contextlib
import dataclasses
import math
import os
import queue
import select
import shutil
import signal
import stat
import threading
import time
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import psutil

from course.text import Text, printable
from course.wall import message
from course.wall.message import MalformedError, Reply, Request
from course.wall.process import Forked, Spawned, WarmServer, scratch_folder


@dataclasses.dataclass(frozen=True)
class Limits:
    """What one student's file may use. Seconds are per question unless said; the wall clock is generous, as machines are busy."""

    cpu_seconds: float = 6.0
    wall_seconds: float = 90.0
    idle_seconds: float = 5.0
    file_cpu_seconds: int = 600
    start_seconds: float = 300.0
    memory_bytes: int = 6 * 2**30
    written_bytes: int = 64 * 2**20
    open_files: int = 1024
    scratch_bytes: int = 256 * 2**20
    threads: int = 256
    output_bytes: int = 8 * 2**20


class Kind(StrEnum):
    """What kept a question from getting an answer."""

    RAISED = "raised"
    NOT_ATTEMPTED = "not attempted"
    MISSING = "missing"
    UNCALLABLE = "uncallable"
    UNFIT = "unfit"
    # What was handed over cannot be rebuilt.
    UNBUILDABLE = "unbuildable"
    LIMIT = "limit"
    CRASH = "crash"
    PROTOCOL = "protocol"
    # No fault of the student's.
    GRADER = "grader"


@dataclasses.dataclass(frozen=True)
class Trouble:
    """Why a question got no answer.

    sentence: ours, or what Python said where `error` names its type. fresh: false when an earlier
    question met the same trouble at the same step.
    """

    kind: Kind
    sentence: str
    line: int | None = None
    fresh: bool = True
    error: str = ""
    at_top: bool = False
    # Of a notebook, the cell in which the line is; and the line itself, as the student's process gives it.
    cell: int | None = None
    code: str = ""


FORGED = Trouble(Kind.PROTOCOL, Text("Something else wrote to the answer channel."))
EARLY = Trouble(Kind.PROTOCOL, Text("The answer channel was written to out of turn."))
CLOSED = Trouble(Kind.PROTOCOL, Text("The answer channel was closed."))
# So many bytes of what a step prints are kept.
PRINTED = 20_000


class Child:
    """A worker process; two threads read its replies and its prints with limits, while it lives."""

    def __init__(
        self,
        source: bytes,
        file_name: str,
        limits: Limits,
        warm: WarmServer | None,
        beside: Mapping[str, bytes] | None = None,
    ) -> None:
        self.limits = limits
        self.printed = bytearray()
        self.printed_total, self.hearing = 0, threading.Lock()
        system_limits = {
            "RLIMIT_CPU": limits.file_cpu_seconds,
            "RLIMIT_FSIZE": limits.written_bytes,
            "RLIMIT_NOFILE": limits.open_files,
            "RLIMIT_CORE": 0,
            "RLIMIT_AS": limits.memory_bytes,
        }
        self.process: Forked | Spawned
        if warm and not warm.available:
            self.process = warm.spawned(system_limits)
            self.scratch = self.process.scratch
        elif warm is None:
            self.process = Spawned(system_limits)
            self.scratch = self.process.scratch
        else:
            self.scratch = scratch_folder()
        self.file = self.scratch / file_name
        try:
            for name, data in (beside or {}).items():
                module = self.scratch / name
                module.parent.mkdir(exist_ok=True)
                module.write_bytes(data)
            self.file.write_bytes(source)
            if warm and warm.available:
                self.process = Forked(warm, self.scratch, system_limits)
        except BaseException:
            shutil.rmtree(self.scratch, ignore_errors=True)
            raise
        self.watched = psutil.Process(self.process.pid)
        # The server that it was forked from: when that dies, its children die with it.
        self.server = self.process.server if isinstance(self.process, Forked) else 0
        self.replies: queue.Queue[tuple[bytes, bytes] | Exception | None] = queue.Queue()
        self.readers = [
            threading.Thread(target=read, daemon=True)
            for read in (self._read_replies, self._read_output)
        ]
        for reader in self.readers:
            reader.start()

    def _read_replies(self) -> None:
        try:
            while (parts := message.read_frame(self.process.replies)) is not None:
                self.replies.put(parts)
                if self.replies.qsize() > 8:
                    raise MalformedError("replies to questions that nobody asked")
        except Exception as error:
            self.replies.put(error)
        self.replies.put(None)

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
        """What was printed since the last call, its end where it is long; what came before a reply is waited for."""
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

    def request(self, asked: Request, cpu_seconds: float) -> Reply | Trouble:
        """The reply to this request, or Trouble. Anything that came before it was asked for is Trouble too."""
        if not self.replies.empty():
            return self._ended() if self.replies.get() is None else EARLY
        frame = message.pack(asked)
        # A process that has stopped itself reads nothing: writing must not wait for it.
        writing = threading.Thread(target=self._write, args=(frame,), daemon=True)
        writing.start()
        return self.receive(cpu_seconds, self.limits.wall_seconds)

    def _write(self, frame: bytes) -> None:
        with contextlib.suppress(OSError, ValueError):
            self.process.requests.write(frame)
            self.process.requests.flush()

    def receive(self, cpu_seconds: float, wall_seconds: float) -> Reply | Trouble:
        """The next message, or Trouble when it does not come within the limits."""
        start = last = time.monotonic()
        cpu_start = cpu_last = self._cpu()
        while True:
            try:
                parts = self.replies.get(timeout=0.05)
                break
            except queue.Empty:
                now, cpu = time.monotonic(), self._cpu()
                if cpu - cpu_last > 0.01 or not self._idle():
                    last, cpu_last = now, cpu
                if now - last > self.limits.idle_seconds:
                    return _over("It only waits: is there a sleep(), or a wait for something?")
                if now - start > wall_seconds:
                    return _over(
                        "It took longer than {seconds} seconds.", seconds=f"{wall_seconds:.0f}"
                    )
                if trouble := self._limit(cpu_start, cpu_seconds):
                    return trouble
        if parts is None:
            return self._ended()
        try:
            if isinstance(parts, Exception):
                raise parts
            return message.unpack(*parts, Reply)  # type: ignore[arg-type]
        except Exception:
            return FORGED

    def _limit(self, cpu_start: float, cpu_seconds: float) -> Trouble | None:
        limits = self.limits
        if self._cpu() - cpu_start > cpu_seconds:
            return _over(
                "It used more than {seconds} seconds of computing time: is there a loop that never ends?",
                seconds=f"{cpu_seconds:.0f}",
            )
        with contextlib.suppress(psutil.Error):
            if self.watched.num_threads() > limits.threads:
                return _over("It started more than {count} threads.", count=limits.threads)
            if self.watched.memory_info().rss > limits.memory_bytes:
                size = f"{limits.memory_bytes / 2**30:.0f}"
                return _over("It used more than {size} GiB of memory.", size=size)
        if self.printed_total > limits.output_bytes:
            return _over(
                "It printed more than {size} MiB of text.", size=limits.output_bytes // 2**20
            )
        if _size(self.scratch) + _unnamed(self.process.pid) > limits.scratch_bytes:
            return _over(
                "It wrote more than {size} MiB of files.", size=limits.scratch_bytes // 2**20
            )
        return None

    def _idle(self) -> bool:
        """Whether the process waits by itself; one that is ready to run waits for a busy machine."""
        try:
            return self.watched.status() not in (psutil.STATUS_RUNNING, psutil.STATUS_DISK_SLEEP)
        except psutil.Error:
            return False

    def _cpu(self) -> float:
        try:
            times = self.watched.cpu_times()
        except psutil.Error:
            return 0.0
        return float(times.user + times.system)

    def _ended(self) -> Trouble:
        code = self.process.status(5)
        if code is None:
            return CLOSED
        if code == -getattr(signal, "SIGXCPU", 24):
            return _over("It used up the computing time allowed for one file.")
        if code < 0:
            return Trouble(Kind.CRASH, Text("Python crashed here (signal {signal}).", signal=-code))
        return Trouble(
            Kind.CRASH, Text("Python ended here: is there an exit(), quit() or os._exit()?")
        )

    def kill(self) -> None:
        """End the process and all that it started, and remove its folder."""
        self.process.kill()
        for reader in self.readers:
            reader.join(5)
        for stream in (self.process.requests, self.process.replies, self.process.output):
            # A reader that still waits holds its stream's lock: closing would wait with it.
            waiting = any(reader.is_alive() for reader in self.readers)
            with contextlib.suppress(OSError, ValueError):
                if stream is self.process.requests or not waiting:
                    stream.close()
        remove(self.scratch)


def _over(template: str, **values: object) -> Trouble:
    return Trouble(Kind.LIMIT, Text(template, **values))


# A folder of more entries than this, or one so deep, is over every limit.
ENTRIES, DEPTH = 20_000, 100


def _size(folder: Path) -> float:
    """Bytes of what is in a folder; each name counts a little too, so that empty ones without end are seen."""
    total, entries, todo = 0.0, 0, [(str(folder), 0)]
    while todo:
        place, depth = todo.pop()
        with contextlib.suppress(OSError), os.scandir(place) as found:
            for entry in found:
                entries += 1
                if entries > ENTRIES or depth > DEPTH:
                    return math.inf
                total += 4096 + entry.stat(follow_symlinks=False).st_size
                if entry.is_dir(follow_symlinks=False):
                    todo.append((entry.path, depth + 1))
    return total


def _unnamed(pid: int) -> int:
    """Bytes of the files that a process holds open and that no folder names any more. Linux only."""
    total = 0
    with contextlib.suppress(OSError), os.scandir(f"/proc/{pid}/fd") as found:
        for entry in found:
            with contextlib.suppress(OSError):
                status = entry.stat()
                if stat.S_ISREG(status.st_mode) and status.st_nlink == 0:
                    total += status.st_size
    return total


def remove(folder: Path) -> None:
    """Remove a folder whatever a student's process made of it: of any depth, with any rights. Never raises."""
    todo, moved = [folder], 0
    while todo:
        place = todo.pop()
        with contextlib.suppress(OSError):
            place.chmod(0o700)
        with contextlib.suppress(OSError), os.scandir(place) as found:
            for entry in list(found):
                with contextlib.suppress(OSError):
                    if not entry.is_dir(follow_symlinks=False):
                        Path(entry.path).unlink()
                    elif place == folder:
                        todo.append(Path(entry.path))
                    else:
                        # Brought up to the top, so that no path and no stack grows with the depth.
                        moved += 1
                        todo.append(Path(entry.path).rename(folder / f"moved-{moved}"))
        with contextlib.suppress(OSError):
            place.rmdir()
    shutil.rmtree(folder, ignore_errors=True)
