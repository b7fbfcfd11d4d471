"""What students handed in, as teachers get it: folders, zips, and the exports of Moodle, Canvas and Gradescope.

Everything is read in memory, bounded, without trusting a name or a size: nothing is unpacked, no link is followed.
"""

import contextlib
import dataclasses
import difflib
import io
import json
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from course import paths
from course.text import CourseError

SOURCE_BYTES = 2**20
# What zipfile raises of archives that are broken, encrypted or of a kind that it does not read.
ERRORS = (RuntimeError, NotImplementedError, EOFError, ValueError)
ZIP_BYTES = 64 * 2**20


class SubmissionError(CourseError):
    """There is no usable file for this exercise; the message says why."""

    def __init__(self, template: str, **names: object) -> None:
        super().__init__(template, **{key: shown(str(name)) for key, name in names.items()})


def shown(name: str) -> str:
    """A file's or a student's name as a terminal may show it: file names can hold control characters."""
    return "".join(c if c.isprintable() else "?" for c in name)


@dataclasses.dataclass(frozen=True)
class Tree:
    """A folder or a zip as names with `/` between, and a way to read so many bytes of one."""

    names: list[str]
    read: Callable[[str, int], bytes]

    def below(self, start: str) -> "Tree":
        """The part whose names begin with `start`, which is taken off."""
        return Tree(
            [n[len(start) :] for n in self.names if n.startswith(start)],
            lambda name, size: self.read(start + name, size),
        )


def folder(path: Path) -> Tree:
    """A folder's files at any depth."""
    names = []
    for here, inner, files in os.walk(path):
        inner.sort()
        names += [(Path(here) / name).relative_to(path).as_posix() for name in sorted(files)]
    return Tree(names, lambda name, size: _bytes(path / name, size))


def _bytes(path: Path, size: int) -> bytes:
    if path.is_symlink() or not path.is_file():
        raise SubmissionError("{name} is a link or not an ordinary file.", name=path.name)
    with path.open("rb") as stream:
        return stream.read(size)


def archive(data: Path | bytes, name: str) -> Tree:
    """A zip, from a path or from its bytes. Raises SubmissionError for one that is broken or that reaches out of its folder."""

    def opened() -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)

    def read(member: str, size: int) -> bytes:
        with _zip_errors(name), opened() as zipped, zipped.open(member) as stream:
            return stream.read(size)

    with _zip_errors(name), opened() as zipped:
        names = [n for n in zipped.namelist() if not n.endswith("/") and "__MACOSX" not in n]
    for member in names:
        if ".." in PurePosixPath(member).parts or member.startswith(("/", "\\")):
            raise SubmissionError(
                "{name} contains a path that leads outside its folder: {member}.",
                name=name,
                member=repr(member),
            )
    return Tree(names, read)


@contextlib.contextmanager
def _zip_errors(name: str) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, *ERRORS) as error:
        raise SubmissionError("{name} is not a readable zip file.", name=name) from error


def find(where: Path, stem: str) -> Path:
    """The file NN_slug.py or NN_slug.ipynb in a folder, at any depth."""
    return where / pick(folder(where).names, stem)


def pick(names: list[str], stem: str) -> str:
    """The one name of `names` that is this exercise's. Raises SubmissionError when there is none, or more than one."""
    matches = [
        n
        for n in names
        if PurePosixPath(n).name in (f"{stem}.py", f"{stem}.ipynb") and "__MACOSX" not in n
    ]
    if not matches:
        raise _missing(names, stem)
    if len(matches) > 1:
        raise SubmissionError(
            "There are two files for {stem}: {first} and {second}. Keep one.",
            stem=stem,
            first=matches[0],
            second=matches[1],
        )
    return matches[0]


def _missing(names: list[str], stem: str) -> SubmissionError:
    """That an exercise's file is missing, with the file that may have been meant."""
    stems, free = paths.exercise_stems(), dict[str, str]()
    for name in (PurePosixPath(n).name for n in names):
        base = name.lower().partition(".")[0]
        if (
            name.lower().endswith((".py", ".ipynb", ".py.txt"))
            and base
            and not base.startswith("test_")
            and (base not in stems or base == stem)
        ):
            free.setdefault(base, name)
    # With very many files, likeness takes too long to weigh.
    near = [base for base in free if stem in base or stem[3:] == base] or difflib.get_close_matches(
        stem, list(free)[:100], 1, 0.7
    )
    if not near:
        return SubmissionError("{stem}.py is missing.", stem=stem)
    given = free[near[0]]
    name = f"{stem}{'.ipynb' if given.lower().endswith('.ipynb') else '.py'}"
    return SubmissionError(
        "{stem}.py is missing: is it {given}? Then name it {name}.",
        stem=stem,
        given=given,
        name=name,
    )


def source_of(path: Path) -> bytes:
    """A file's Python source; of a notebook, its code cells. Raises SubmissionError for links, large files and broken notebooks."""
    return python_of(path.name, _bytes(path, SOURCE_BYTES + 1))


def python_of(name: str, data: bytes) -> bytes:
    """The Python source in a file's bytes: as they are, or a notebook's code cells without their % and ! lines."""
    if len(data) > SOURCE_BYTES:
        raise SubmissionError("{name} is larger than 1 MiB.", name=name)
    if not name.endswith(".ipynb"):
        return data
    try:
        cells = [c for c in json.loads(data)["cells"] if c["cell_type"] == "code"]
        lines = [line for c in cells for line in "".join(c["source"]).splitlines()]
        return "\n".join(
            "" if line.lstrip().startswith(("%", "!")) else line for line in lines
        ).encode("utf-8", "surrogatepass")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SubmissionError("{name} is not a readable notebook.", name=name) from error


# --- whose is it? ---


@dataclasses.dataclass(frozen=True)
class HandIn:
    """One student's files; `tree` is opened when its turn comes, and may turn out to be refused."""

    student: str
    tree: Callable[[], Tree]

    def sources(self, stems: list[str]) -> Iterator[tuple[str, bytes | SubmissionError]]:
        """For each exercise the student's source, or why there is none."""
        refused = SubmissionError("")
        try:
            tree = _unwrapped(self.tree())
        except (SubmissionError, OSError) as error:
            refused, tree = _reason(error), None
        for stem in stems:
            try:
                yield stem, refused if tree is None else _source(tree, stem)
            except (SubmissionError, OSError) as error:
                yield stem, _reason(error)


def _reason(error: Exception) -> SubmissionError:
    return (
        error
        if isinstance(error, SubmissionError)
        else SubmissionError("It cannot be read: {error}.", error=getattr(error, "strerror", error))
    )


def _source(tree: Tree, stem: str) -> bytes:
    name = pick(tree.names, stem)
    return python_of(name, tree.read(name, SOURCE_BYTES + 1))


def _unwrapped(tree: Tree) -> Tree:
    """A hand-in that is nothing but one zip is what the zip holds: platforms wrap what a student packed."""
    if len(tree.names) != 1 or not tree.names[0].lower().endswith(".zip"):
        return tree
    data = tree.read(tree.names[0], ZIP_BYTES + 1)
    if len(data) > ZIP_BYTES:
        raise SubmissionError(
            "{name} is larger than {size} MiB.", name=tree.names[0], size=ZIP_BYTES // 2**20
        )
    return archive(data, PurePosixPath(tree.names[0]).name)


MOODLE = re.compile(r"(?P<name>[^/]+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_?/?")
CANVAS = re.compile(
    r"(?P<name>[^/_]+)_(?:LATE_)?(?P<id>\d+)_\d+_(?P<file>[^/]+?)(?:-\d+)?(?P<end>\.py|\.ipynb|\.zip)$"
)
GRADESCOPE = re.compile(r"(?P<start>(?:[^/]+/)?submission_(?P<id>\d+)/)")


def students(where: Path, stems: list[str]) -> list[HandIn]:
    """The hand-ins in a folder or zip, by name: one student's, a folder or zip per student, or a platform's export."""
    tree = archive(where, where.name) if where.suffix.lower() == ".zip" else folder(where)
    for platform in (_moodle, _canvas, _gradescope):
        if hand_ins := platform(tree):
            return sorted(hand_ins, key=lambda hand_in: hand_in.student)
    wanted = {f"{stem}{ending}" for stem in stems for ending in (".py", ".ipynb")}
    zipped, whole = where.suffix.lower() == ".zip", where.resolve()
    # Files at the top or in exercises/ are one student's; in a zip also in one folder, which packing adds.
    tops = {PurePosixPath(n).parts[0] for n in tree.names if PurePosixPath(n).name in wanted}
    direct = {n for n in tree.names if n.removeprefix("exercises/") in wanted}
    if direct or (zipped and len(tops) <= 1):
        return [HandIn(_name(whole.stem if zipped else whole.name), lambda: tree)]
    if zipped:
        return [HandIn(_name(top), partial(tree.below, f"{top}/")) for top in sorted(tops)]
    visible = (p for p in sorted(where.iterdir()) if not p.name.startswith("."))
    entries = [p for p in visible if p.is_dir() or p.suffix.lower() == ".zip"]
    folders = {p.name for p in entries if p.is_dir()}
    return [
        HandIn(_name(p.name if p.is_dir() or p.stem in folders else p.stem), partial(_opened, p))
        for p in entries
    ]


def _opened(path: Path) -> Tree:
    return folder(path) if path.is_dir() else archive(path, path.name)


def _name(text: str) -> str:
    """A student's name as text: a file system's may hold bytes that are none."""
    return os.fsencode(text).decode("utf-8", "backslashreplace")


def _grouped(tree: Tree, pattern: re.Pattern[str]) -> dict[str, dict[str, str]]:
    """Student → file name as the student gave it → name in the tree, for the names that the pattern fits."""
    groups: dict[str, dict[str, str]] = {}
    for name in tree.names:
        if fits := pattern.match(name):
            rest = name[fits.end() :] or fits["file"] + fits["end"]
            groups.setdefault(_name(f"{fits['name']} ({fits['id']})"), {})[rest] = name
    return groups


def _moodle(tree: Tree) -> list[HandIn]:
    """Moodle's "download all submissions": `Name_123_assignsubmission_file_/…`."""
    return _renamed(tree, _grouped(tree, MOODLE))


def _canvas(tree: Tree) -> list[HandIn]:
    """Canvas's download: `lastfirst_123_456_05_losses-2.py`, where -2 is the second version."""
    flat = [name for name in tree.names if "/" not in name]
    return _renamed(tree, _grouped(Tree(flat, tree.read), CANVAS))


def _renamed(tree: Tree, groups: dict[str, dict[str, str]]) -> list[HandIn]:
    def opened(files: dict[str, str]) -> Tree:
        return Tree(list(files), lambda name, size: tree.read(files[name], size))

    return [HandIn(student, partial(opened, files)) for student, files in groups.items()]


def _gradescope(tree: Tree) -> list[HandIn]:
    """Gradescope's export: `submission_123/…`, with the names in submission_metadata.yml."""
    starts = {fits["start"]: fits["id"] for name in tree.names if (fits := GRADESCOPE.match(name))}
    metadata = next(
        (name for name in tree.names if PurePosixPath(name).name == "submission_metadata.yml"), None
    )
    if not starts or metadata is None:
        return []
    import yaml

    try:
        submissions = yaml.safe_load(tree.read(metadata, ZIP_BYTES))
    except (yaml.YAMLError, SubmissionError):
        submissions = None
    hand_ins = []
    for start, number in starts.items():
        people = [f"submission_{number}"]
        with contextlib.suppress(KeyError, TypeError, AttributeError):
            people = [
                f"{submitter.get(':name')} ({submitter.get(':sid') or submitter.get(':email')})"
                for submitter in submissions[f"submission_{number}"][":submitters"]
            ]
        hand_ins += [HandIn(_name(person), partial(tree.below, start)) for person in people]
    return hand_ins
