"""The warm process: it has imported Keras and run no operation, and forks one confined child per student's file.

Started by exec with an empty environment, so that nothing of the caller's lies in the memory that its children share. The
caller sends it a child's pipes over a socket and gets a process id back.
"""

import contextlib
import gc
import json
import os
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any

from course.wall import confine, worker
from course.wall.message import Ready


def main() -> None:
    """Serve the control socket, which is standard input, until it closes."""
    control = socket.socket(fileno=os.dup(0))
    worker.hide_clone()
    import keras  # noqa: F401

    # Imported here once, for every child.
    with contextlib.suppress(ImportError, OSError, RuntimeError):
        import pyseccomp  # noqa: F401
    readable, user = confine.open_paths(), confine.other_user()
    sys.stdout.flush()
    sys.stderr.flush()
    # Otherwise each child would collect all that the imports left, and copy the pages on the way.
    gc.collect()
    gc.freeze()
    control.sendall(b"ready\n")
    while True:
        data, fds, _, _ = socket.recv_fds(control, 4096, 3)
        if not data:
            return
        request = json.loads(data)
        if "reap" in request:
            code = None
            # A child of an earlier server is none of this one's.
            with contextlib.suppress(ChildProcessError):
                code = os.waitstatus_to_exitcode(os.waitpid(request["reap"], 0)[1])
            control.sendall(json.dumps({"status": code}).encode() + b"\n")
            continue
        pid = os.fork()
        if pid == 0:
            try:
                _child(request, fds, readable, user)
            except BaseException as error:
                print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
            finally:
                os._exit(1)
        for fd in fds:
            os.close(fd)
        control.sendall(json.dumps({"pid": pid}).encode() + b"\n")


def _child(
    request: dict[str, Any], fds: list[int], readable: list[tuple[int, int]], user: int | None
) -> None:
    """Become the worker of one file: own session, own folder, bound for good, and only then its requests are read."""
    os.setsid()
    scratch = Path(request["scratch"])
    os.chdir(scratch)
    for name in ("HOME", "USERPROFILE", "TMPDIR", "TEMP", "KERAS_HOME"):
        os.environ[name] = str(scratch)
    tempfile.tempdir = str(scratch)
    requests_fd, replies_fd, output_fd = fds
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output_fd, 1)
    os.dup2(output_fd, 2)
    worker.set_limits(request["limits"])
    layers, held = confine.confine(scratch, readable, user)
    kept = held | {requests_fd, replies_fd}
    for fd in [int(entry.name) for entry in Path("/proc/self/fd").iterdir()]:
        if fd > 2 and fd not in kept:
            with contextlib.suppress(OSError):
                os.close(fd)
    requests, replies = os.fdopen(requests_fd, "rb"), os.fdopen(replies_fd, "wb")
    worker.send(replies, Ready(layers))
    worker.serve(requests, replies)
    os._exit(0)
