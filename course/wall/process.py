"""The processes that student code runs in: a confined fork of a warm process on Linux, elsewhere a process of its own."""

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, BinaryIO, cast

import psutil


def environment(scratch: Path) -> dict[str, str]:
    """All that a worker finds in its environment: nothing of the caller's but where the system keeps itself."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return kept | {
        "PATH": "/usr/bin:/bin",
        "HOME": str(scratch),
        "USERPROFILE": str(scratch),
        "TMPDIR": str(scratch),
        "TEMP": str(scratch),
        "KERAS_HOME": str(scratch),
        "KERAS_BACKEND": "tensorflow",
        "MPLBACKEND": "agg",
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "CUDA_VISIBLE_DEVICES": "-1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _command(module: str, *words: str) -> list[str]:
    """Python that runs a module of the wall from where this package lies, installed or not, and sees no other folder."""
    root = str(Path(__file__).parents[2])
    start = f"import sys; sys.path.insert(0, {root!r}); from course.wall import {module}; sys.path.remove({root!r}); {module}.main()"
    return [sys.executable, "-I", "-u", "-c", start, *words]


def scratch_folder() -> Path:
    """A new folder of a worker's own."""
    return Path(tempfile.mkdtemp(prefix="course-")).resolve()


class Spawned:
    """A worker that imports Keras by itself, for systems without fork: own folder and process group, limits, nothing more."""

    def __init__(self, limits: dict[str, int]) -> None:
        self.limits, self.scratch = limits, scratch_folder()
        self.process = subprocess.Popen(
            _command("worker", json.dumps(limits)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.scratch,
            env=environment(self.scratch),
            start_new_session=True,
        )
        self.pid = self.process.pid
        streams = self.process.stdin, self.process.stdout, self.process.stderr
        self.requests, self.replies, self.output = (cast(BinaryIO, stream) for stream in streams)

    def status(self, wait: float) -> int | None:
        """The exit status, negative for a signal; None while the process lives on for `wait` seconds."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(wait)
        return self.process.returncode

    def kill(self) -> None:
        """End the process and all that it started."""
        family: list[psutil.Process] = []
        with contextlib.suppress(psutil.Error):
            family = psutil.Process(self.pid).children(recursive=True)
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
        for process in family:
            with contextlib.suppress(psutil.Error):
                process.kill()
        self.process.kill()
        self.process.wait()


class WarmServer:
    """The warm process, and the way to a forked and confined child of it; starts another one when it has died.

    Outside Linux there is none: `available` is false, and every file gets a process that imports Keras anew. With
    `spare`, one such process is always ready before it is wanted.
    """

    available = sys.platform == "linux"

    def __init__(self, spare: bool = False) -> None:
        self.lock, self.wants_spare = threading.Lock(), spare
        self.spare: Spawned | None = None
        # Once closed, it starts nothing any more: threads may still be asking.
        self.closed = False
        self.process: subprocess.Popen[bytes] | None = None
        self.home = ""

    def _start(self) -> None:
        self._stop()
        self.home = tempfile.mkdtemp(prefix="course-warm-")
        self.control, theirs = socket.socketpair()
        self.control.settimeout(300)
        with theirs, Path(self.home, "log").open("wb") as log:
            self.process = subprocess.Popen(
                _command("server"),
                stdin=theirs.fileno(),
                stdout=log,
                stderr=log,
                cwd=self.home,
                env=environment(Path(self.home)),
                start_new_session=True,
            )
        if self._line() != b"ready\n":
            raise OSError("the warm process did not start")
        # A warm process that is stopped or traced must not hang the grader.
        self.control.settimeout(30)

    @property
    def pid(self) -> int:
        """The process id of the server that forks now; 0 before the first."""
        return 0 if self.process is None else self.process.pid

    def lost(self, pid: int) -> bool:
        """Whether the server with this process id has ended."""
        return self.process is None or self.process.pid != pid or self.process.poll() is not None

    def _line(self) -> bytes:
        line = b""
        while not line.endswith(b"\n"):
            if not (more := self.control.recv(4096)):
                raise OSError("the warm process has ended")
            line += more
        return line

    def _tell(self, message: dict[str, Any], fds: list[int]) -> dict[str, Any]:
        socket.send_fds(self.control, [json.dumps(message).encode()], fds)
        answer: dict[str, Any] = json.loads(self._line())
        return answer

    def fork(self, scratch: Path, limits: dict[str, int], fds: list[int]) -> int:
        """A new child's process id."""
        message = {"scratch": str(scratch), "limits": limits}
        with self.lock:
            for last_try in (False, True):
                try:
                    if self.closed:
                        raise OSError("the warm process was closed")
                    if self.process is None or self.process.poll() is not None:
                        self._start()
                    return int(self._tell(message, fds)["pid"])
                except (OSError, ValueError, KeyError):
                    self._stop()
                    if last_try:
                        raise
        raise AssertionError

    def reap(self, pid: int) -> int | None:
        """A dead child's exit status; the process id is free for others only from here on."""
        with self.lock:
            try:
                code = self._tell({"reap": pid}, [])["status"]
                return None if code is None else int(code)
            except (OSError, ValueError, KeyError):
                self._stop()
                return None

    def spawned(self, limits: dict[str, int]) -> Spawned:
        """A process that imports Keras by itself: the spare one, where there is one with these limits."""
        with self.lock:
            ready = self.spare
            if ready is None or ready.limits != limits or ready.process.poll() is not None:
                ready = Spawned(limits)
            else:
                self.spare = None
            if self.wants_spare and self.spare is None and not self.closed:
                self.spare = Spawned(limits)
        return ready

    def __enter__(self) -> "WarmServer":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the warm process, with which its children die, and the spare one, for good."""
        self.closed = True
        if self.spare is not None:
            self.spare.kill()
            shutil.rmtree(self.spare.scratch, ignore_errors=True)
        self.spare = None
        self._stop()

    def _stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.control.close()
            shutil.rmtree(self.home, ignore_errors=True)
        self.process = None


class Forked:
    """A child of the warm process, forked in milliseconds and confined before any student code runs."""

    def __init__(self, warm: WarmServer, scratch: Path, limits: dict[str, int]) -> None:
        self.warm = warm
        self.code: int | None = None
        (their_requests, ours_w), (ours_r, their_replies), (ours_out, their_output) = (
            os.pipe(),
            os.pipe(),
            os.pipe(),
        )
        theirs = [their_requests, their_replies, their_output]
        self.requests, self.replies = os.fdopen(ours_w, "wb"), os.fdopen(ours_r, "rb")
        self.output = os.fdopen(ours_out, "rb", buffering=0)
        try:
            self.pid = warm.fork(scratch, limits, theirs)
            self.server = warm.pid
            self.pidfd = os.pidfd_open(self.pid)
        finally:
            for fd in theirs:
                os.close(fd)

    def status(self, wait: float) -> int | None:
        """The exit status, negative for a signal; None while the process lives on for `wait` seconds."""
        if self.pidfd >= 0 and select.select([self.pidfd], [], [], wait)[0]:
            os.close(self.pidfd)
            self.pidfd = -1
            # With its server it died of SIGKILL, and nobody else may reap it.
            lost = self.warm.lost(self.server)
            self.code = -int(signal.SIGKILL) if lost else self.warm.reap(self.pid)
        return self.code

    def kill(self) -> None:
        """End the process; it could not start others."""
        if self.pidfd >= 0:
            with contextlib.suppress(OSError):
                signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
            self.status(10)
