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
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 24, 38
CAPABILITY_VERSION_3 = 0x20080522
CLONE_THREAD = 0x10000
# The user without rights, by Linux's own default for what it cannot map.
NOBODY = 65534
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


# Rows of these judge an exercise: a student's process trains on what it is given.
HIDDEN = ("sklearn/datasets/data", "palmerpenguins/data")


def _libraries() -> list[Path]:
    """The folders that Python imports from."""
    names = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib")}
    names |= {f"{sys.base_prefix}/lib/python3.{sys.version_info.minor}", *site.getsitepackages()}
    return sorted(map(Path, names))


def readable() -> list[Path]:
    """What Keras needs to read: the interpreter's library, each installed package but the course, a few system files."""
    paths: list[Path] = []
    for library in _libraries():
        # A whole site-packages folder would hold the course's checks, or a path to them.
        entries = sorted(library.iterdir()) if library.is_dir() else []
        paths += [
            part
            for entry in entries
            if not entry.name.startswith("course") and entry.suffix != ".pth"
            if entry.name != "site-packages"
            for part in _without_hidden(entry, library)
        ]
    system = (
        "/usr/lib /usr/lib64 /lib /lib64 /etc/ld.so.cache /etc/localtime /usr/share/zoneinfo "
        "/sys/devices/system/cpu /dev/urandom /dev/random /dev/zero /proc/cpuinfo /proc/meminfo "
        "/proc/stat"
    )
    return paths + [Path(entry) for entry in system.split()]


def _without_hidden(path: Path, library: Path) -> list[Path]:
    """A path, or where something in it is hidden, the parts of it that are not."""
    place = path.relative_to(library).as_posix()
    if place in HIDDEN:
        return []
    if not any(hidden.startswith(f"{place}/") for hidden in HIDDEN):
        return [path]
    return [part for entry in sorted(path.iterdir()) for part in _without_hidden(entry, library)]


def listed() -> list[Path]:
    """The packages of which a part is hidden: an import lists their folders, but reads nothing through this."""
    return [library / hidden.split("/")[0] for library in _libraries() for hidden in HIDDEN]


def open_paths() -> list[tuple[int, int]]:
    """A descriptor and the rights to each path that exists; children inherit them, so that rules are cheap."""
    opened = []
    rights = [(path, READ_FILE | READ_DIR) for path in readable()]
    for path, right in [*rights, *((path, READ_DIR) for path in listed())]:
        with contextlib.suppress(OSError):
            right &= READ_FILE | READ_DIR if path.is_dir() else READ_FILE
            opened.append((os.open(path, os.O_PATH | os.O_CLOEXEC), right))
    return opened


def other_user() -> int | None:
    """For root: the user that student code runs as, where that user can read all that Keras needs; None otherwise."""
    if os.geteuid() != 0:
        return None
    child = os.fork()
    if child == 0:
        found = False
        with contextlib.suppress(BaseException):
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            found = all(
                os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0))
                for path in (Path(sys.executable), *_libraries(), *readable())
                if os.path.lexists(path)
            )
        os._exit(0 if found else 1)
    return NOBODY if os.waitpid(child, 0)[1] == 0 else None


def confine(
    scratch: Path, readable_fds: list[tuple[int, int]], user: int | None = None
) -> tuple[list[str], set[int]]:
    """Bind this process for good; returns the layers in force, of "files" and "calls", and the descriptors to keep open."""
    if user is not None:
        for path in (scratch, *scratch.iterdir()):
            os.chown(path, user, user)
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    # No program that it could start gains rights.
    if _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return [], set()
    _drop_capabilities()
    held = _files(scratch, readable_fds)
    layers = ["files"] if held else []
    # Nobody traces the process or opens its memory. Landlock sees to that, and then the grader can
    # count what the process holds open.
    _libc.prctl(PR_SET_DUMPABLE, int(bool(held)), 0, 0, 0)
    if _calls():
        layers.append("calls")
    return layers, held


def _files(scratch: Path, readable_fds: list[tuple[int, int]]) -> set[int]:
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

    for descriptor, access in readable_fds:
        allow(descriptor, access)
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


# Commands that neither name another process nor ask for signals.
FCNTL = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032)
# What asks about a terminal or a stream, and what sets a stream's own flags.
IOCTL = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
# Names of threads and memory, and what only reads.
PRCTL = (2, 3, 15, 16, 21, 23, 39, 0x53564D41)
OWNER_RIGHTS = 0o700


def _calls() -> bool:
    try:
        import pyseccomp as seccomp
    except (ImportError, OSError, RuntimeError):
        return False
    rules = seccomp.SyscallFilter(seccomp.ERRNO(errno.EPERM))

    def add(action: object, name: str, *conditions: object) -> None:
        # A call that this architecture or library does not know needs no rule.
        with contextlib.suppress(ValueError, OSError):
            rules.add_rule(action, name, *conditions)

    def equal(place: int, value: int) -> object:
        return seccomp.Arg(place, seccomp.EQ, value)

    def masked(place: int, mask: int, value: int) -> object:
        return seccomp.Arg(place, seccomp.MASKED_EQ, mask, value)

    for name in CALLS["allowed"].split():
        add(seccomp.ALLOW, name)
    for name in CALLS["ignored"].split():
        add(seccomp.ERRNO(0), name)
    # A thread, not a process; the C library falls back to clone, whose flags a filter can see.
    add(seccomp.ALLOW, "clone", masked(0, CLONE_THREAD, CLONE_THREAD))
    add(seccomp.ERRNO(errno.ENOSYS), "clone3")
    for name in ("kill", "tgkill"):
        add(seccomp.ALLOW, name, equal(0, os.getpid()))
    for name, place, values in (("fcntl", 1, FCNTL), ("ioctl", 1, IOCTL), ("prctl", 0, PRCTL)):
        for value in values:
            add(seccomp.ALLOW, name, equal(place, value))
    # Limits are read, and not set.
    add(seccomp.ALLOW, "prlimit64", equal(2, 0))
    # Streams within the process; nothing is sent to an address.
    add(seccomp.ALLOW, "socketpair", equal(0, 1), masked(1, 0xF, 1))
    add(seccomp.ALLOW, "sendto", equal(4, 0))
    # A folder that its owner cannot enter could not be removed.
    add(seccomp.ALLOW, "mkdir", masked(1, OWNER_RIGHTS, OWNER_RIGHTS))
    add(seccomp.ALLOW, "mkdirat", masked(2, OWNER_RIGHTS, OWNER_RIGHTS))
    # Landlock knows of cutting files from version 3 on.
    if landlock_version() >= 3:
        add(seccomp.ALLOW, "truncate")
    rules.load()
    return True


def _drop_capabilities() -> None:
    """What root may do beyond an ordinary user, given up for good."""
    for number in range(64):
        _libc.prctl(PR_CAPBSET_DROP, number, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    _libc.capset(ctypes.byref(header), ctypes.byref((ctypes.c_uint32 * 6)()))
