"""What a forked child does to itself before any student code runs: Landlock for files, seccomp for system calls.

All hand-written system calls of the course stand here. Nothing here can be undone by the process that it binds. Linux only;
each layer that a kernel lacks is left out and named. Source: the manual pages landlock(7), seccomp(2), prctl(2).
"""

import contextlib
import ctypes
import errno
import os
import signal
import site
import sys
import sysconfig
import tomllib
from pathlib import Path

# Landlock's system calls have the same numbers on every architecture.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
# How many file rights each version of Landlock knows, from version 1 on.
FILE_RIGHTS = (13, 14, 15, 15, 16)
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
CLONE_THREAD = 0x10000
# Read here once, since a confined process reads no file of the course.
CALLS = tomllib.loads(
    (Path(__file__).parent.parent / "data" / "system_calls.toml").read_text("utf-8")
)


_libc = ctypes.CDLL(None, use_errno=True)


def _call(number: int, *arguments: object) -> int:
    result = int(_libc.syscall(number, *arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def landlock_version() -> int:
    """The kernel's Landlock version, 0 where there is none."""
    try:
        return _call(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    except OSError:
        return 0


def available_layers() -> list[str]:
    """The layers that this machine gives: "files" wants Landlock in the kernel, "calls" the library libseccomp."""
    layers = ["files"] if landlock_version() else []
    try:
        import pyseccomp  # noqa: F401
    except (ImportError, OSError, RuntimeError):
        return layers
    return [*layers, "calls"]


def readable() -> list[Path]:
    """What Keras needs to read: the interpreter's library, each installed package but the course's own, a few system files."""
    paths: list[Path] = []
    libraries = {
        sysconfig.get_path("stdlib"),
        sysconfig.get_path("platstdlib"),
        sysconfig.get_path("purelib"),
    }
    libraries |= {
        f"{sys.base_prefix}/lib/python3.{sys.version_info.minor}",
        *site.getsitepackages(),
    }
    for library in sorted(libraries):
        entries = sorted(Path(library).iterdir()) if Path(library).is_dir() else []
        # A whole site-packages folder would hold the course's checks, or a path to them.
        paths += [
            e
            for e in entries
            if not e.name.startswith("course") and e.suffix != ".pth" and e.name != "site-packages"
        ]
    system = "/usr/lib /usr/lib64 /lib /lib64 /etc/ld.so.cache /etc/localtime /usr/share/zoneinfo /sys/devices/system/cpu"
    return paths + [
        Path(entry)
        for entry in f"{system} /dev/urandom /dev/random /dev/zero /proc/cpuinfo /proc/meminfo /proc/stat".split()
    ]


def open_paths(paths: list[Path]) -> list[tuple[int, bool]]:
    """A descriptor for each path that exists, and whether it is a folder; children inherit them, so that rules are cheap."""
    opened = []
    for path in paths:
        with contextlib.suppress(OSError):
            opened.append((os.open(path, os.O_PATH | os.O_CLOEXEC), path.is_dir()))
    return opened


def confine(scratch: Path, readable_fds: list[tuple[int, bool]]) -> tuple[list[str], set[int]]:
    """Bind this process for good; returns the layers in force, of "files" and "calls", and the descriptors to keep open."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    # Nobody traces the process or opens its memory, and no program it could start gains rights.
    _libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    if _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return [], set()
    held = _files(scratch, readable_fds)
    layers = ["files"] if held else []
    if _calls():
        layers.append("calls")
    return layers, held


def _files(scratch: Path, readable_fds: list[tuple[int, bool]]) -> set[int]:
    version = landlock_version()
    if version == 0:
        return set()
    rights = (1 << FILE_RIGHTS[min(version, len(FILE_RIGHTS)) - 1]) - 1
    # Network from version 4 on, signals and abstract sockets from version 6 on.
    fields = [rights, *([3] if version >= 4 else []), *([3] if version >= 6 else [])]
    attributes = (ctypes.c_uint64 * len(fields))(*fields)
    ruleset = _call(
        CREATE_RULESET,
        ctypes.byref(attributes),
        ctypes.c_size_t(ctypes.sizeof(attributes)),
        ctypes.c_uint32(0),
    )

    def allow(descriptor: int, access: int) -> None:
        rule = access.to_bytes(8, sys.byteorder) + descriptor.to_bytes(4, sys.byteorder)
        _call(
            ADD_RULE,
            ctypes.c_int(ruleset),
            ctypes.c_int(1),
            ctypes.c_char_p(rule),
            ctypes.c_uint32(0),
        )

    for descriptor, is_folder in readable_fds:
        allow(descriptor, READ_FILE | (READ_DIR if is_folder else 0))
    held = set()
    for path, access in (
        ("/proc/self", READ_FILE | READ_DIR),
        ("/dev/null", READ_FILE | WRITE_FILE),
        (scratch, rights & ~EXECUTE),
    ):
        held.add(descriptor := os.open(path, os.O_PATH))
        allow(descriptor, access)
    _call(RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    # A rule on /proc/self vanishes when the kernel forgets the entry, unless a descriptor of it stays open.
    return held


def _calls() -> bool:
    try:
        import pyseccomp as seccomp
    except (ImportError, OSError, RuntimeError):
        return False
    rules = seccomp.SyscallFilter(seccomp.ALLOW)
    refuse, myself = seccomp.ERRNO(errno.EPERM), os.getpid()
    for kind, action in (("refused", refuse), ("ignored", seccomp.ERRNO(0))):
        for name in CALLS[kind].split():
            # A call that this architecture or library does not know needs no rule.
            with contextlib.suppress(ValueError, OSError):
                rules.add_rule(action, name)
    rules.add_rule(refuse, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, CLONE_THREAD, 0))
    # The C library falls back to clone, whose flags a filter can see.
    with contextlib.suppress(ValueError, OSError):
        rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
    for name in ("kill", "tgkill"):
        rules.add_rule(refuse, name, seccomp.Arg(0, seccomp.NE, myself))
    rules.add_rule(refuse, "prlimit64", seccomp.Arg(2, seccomp.NE, 0))
    rules.load()
    return True
