"""What students handed in, as teachers get it: folders, zips, and the exports of Moodle, Canvas and Gradescope.

Everything is read in memory, bounded, without trusting a name or a size: nothing is unpacked, no link is followed.
"""

import contextlib
import dataclasses
import difflib
import io
import itertools
import json
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from course import paths
from course.text import CourseError, Text, as_text, printable

SOURCE_BYTES = 2**20
# What zipfile raises of archives that are broken, encrypted or of a kind that it does not read.
ERRORS = (RuntimeError, NotImplementedError, EOFError, ValueError)
ZIP_BYTES = 64 * 2**20
MEMBERS = 20_000
LIST_BYTES = 4 * 2**20


class SubmissionError(CourseError):
    """There is no usable file for this exercise; the message says why."""

    def __init__(self, template: str, **names: object) -> None:
        super().__init__(template, **{k: printable(str(name), False) for k, name in names.items()})


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

    if isinstance(data, Path) and (data.is_symlink() or not data.is_file()):
        raise SubmissionError("{name} is a link or not an ordinary file.", name=name)
    with _zip_errors(name), opened() as zipped:
        members = [m for m in zipped.infolist() if not m.is_dir() and "__MACOSX" not in m.filename]
    if len(members) > MEMBERS:
        raise SubmissionError("{name} holds more than {count} files.", name=name, count=MEMBERS)
    names = [member.filename for member in members]
    for member in members:
        place = member.filename
        if ".." in PurePosixPath(place).parts or place.startswith(("/", "\\")):
            raise SubmissionError(
                "{name} contains a path that leads outside its folder: {member}.",
                name=name,
                member=repr(place),
            )
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # Others can unfold without bound before a single byte is read.
            raise SubmissionError("{name} is packed in a way that is not read here.", name=name)
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


# Of the cells of a notebook, lines of IPython's own, and those that begin and check an exercise.
NOTEBOOK_LINES = (
    r"\s*[%!]|from course\.student\.exercise import |exercise = Exercise\(|exercise\.\w+\("
)


def python_of(name: str, data: bytes) -> bytes:
    """The Python source in a file's bytes: as they are, or a notebook's code cells without their % and ! lines.

    Lines that check the exercise within the notebook are left out too.
    """
    if len(data) > SOURCE_BYTES:
        raise SubmissionError("{name} is larger than 1 MiB.", name=name)
    if not name.endswith(".ipynb"):
        return data
    try:
        cells = [c for c in json.loads(data)["cells"] if c["cell_type"] == "code"]
        lines = [line for c in cells for line in "".join(c["source"]).splitlines()]
        return "\n".join("" if re.match(NOTEBOOK_LINES, line) else line for line in lines).encode(
            "utf-8", "surrogatepass"
        )
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
        except Exception as error:
            # Whatever is wrong with one hand-in refuses that one, by name, and the rest is graded.
            refused, tree = _reason(error), None
        for stem in stems:
            source: bytes | SubmissionError = refused
            if tree is not None:
                try:
                    source = _source(tree, stem)
                except Exception as error:
                    source = _reason(error)
            yield stem, source


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
    r"(?P<name>[^/_]+)_(?:LATE_)?(?P<id>\d+)_\d+_(?P<file>[^/]+?)(?:-\d+)?(?P<end>\.[^./]+)?$"
)
GRADESCOPE = re.compile(r"(?P<root>(?:[^/]+/)?)submission_(?P<id>\d+)/")
METADATA = "submission_metadata.yml"


class Intake(list["HandIn"]):
    """The hand-ins of a class, and what they were recognised as."""

    def __init__(self, form: str, hand_ins: Iterable["HandIn"]) -> None:
        super().__init__(sorted(hand_ins, key=lambda hand_in: hand_in.student))
        self.form = as_text(form)
        twice = [a.student for a, b in itertools.pairwise(self) if a.student == b.student]
        if twice:
            raise SubmissionError("Two hand-ins belong to {student}: keep one.", student=twice[0])


def students(where: Path, stems: list[str]) -> Intake:
    """The hand-ins in a folder or zip, by name: one student's, a folder or zip per student, or a platform's export.

    A platform's layout is taken only where it explains every entry at the top.
    """
    zipped, whole = where.suffix.lower() == ".zip", where.resolve()
    tree = archive(where, where.name) if zipped else folder(where)
    visible = [name for name in tree.names if not name.startswith(".")]
    if visible and all(map(MOODLE.match, visible)):
        return Intake("a download of Moodle", _renamed(tree, _grouped(tree, MOODLE)))
    if visible and all(map(CANVAS.match, visible)):
        return Intake("a download of Canvas", _renamed(tree, _grouped(tree, CANVAS)))
    if (hand_ins := _gradescope(tree, visible)) is not None:
        return Intake("an export of Gradescope", hand_ins)
    wanted = {f"{stem}{ending}" for stem in stems for ending in (".py", ".ipynb")}
    tops = {PurePosixPath(n).parts[0] for n in visible if PurePosixPath(n).name in wanted}
    # Files at the top or in exercises/ are one student's, but not where others have folders of their
    # own; in a zip also files in one folder, which packing adds.
    direct = {n for n in visible if n.removeprefix("exercises/") in wanted}
    others = tops - {"exercises", "lessons", "notebooks", *direct}
    if (direct and not others) or (zipped and len(tops) <= 1):
        name = _name(whole.stem if zipped else whole.name)
        return Intake("the files of one student", [HandIn(name, lambda: tree)])
    form = Text("a folder or a zip per student")
    if zipped:
        folders = sorted({n.split("/")[0] for n in visible if "/" in n} & tops)
        return Intake(form, [HandIn(_name(t), partial(tree.below, f"{t}/")) for t in folders])
    shown_entries = (p for p in sorted(where.iterdir()) if not p.name.startswith("."))
    entries = [p for p in shown_entries if p.is_dir() or p.suffix.lower() == ".zip"]
    names = {p.name for p in entries if p.is_dir()}
    return Intake(
        form,
        [
            HandIn(_name(p.name if p.is_dir() or p.stem in names else p.stem), partial(_opened, p))
            for p in entries
        ],
    )


def _opened(path: Path) -> Tree:
    return folder(path) if path.is_dir() else archive(path, path.name)


def _name(text: str) -> str:
    """A student's name as text: a file system's may hold control characters, and bytes that are no text."""
    return printable(os.fsencode(text).decode("utf-8", "backslashreplace"), False)


def _grouped(tree: Tree, pattern: re.Pattern[str]) -> dict[str, dict[str, str]]:
    """Student → file name as the student gave it → name in the tree, for the names that the pattern fits."""
    groups: dict[str, dict[str, str]] = {}
    for name in tree.names:
        if fits := pattern.match(name):
            rest = name[fits.end() :] or fits["file"] + (fits["end"] or "")
            groups.setdefault(_name(f"{fits['name']} ({fits['id']})"), {})[rest] = name
    return groups


def _renamed(tree: Tree, groups: dict[str, dict[str, str]]) -> list[HandIn]:
    def opened(files: dict[str, str]) -> Tree:
        return Tree(list(files), lambda name, size: tree.read(files[name], size))

    return [HandIn(student, partial(opened, files)) for student, files in groups.items()]


def _gradescope(tree: Tree, names: list[str]) -> list[HandIn] | None:
    """Gradescope's export: `submission_123/…`, with the names in submission_metadata.yml beside them."""
    matches = {name: GRADESCOPE.match(name) for name in names}
    starts = {match[0]: match["id"] for match in matches.values() if match}
    roots = {match["root"] for match in matches.values() if match}
    unexplained = {name for name, match in matches.items() if match is None}
    if len(roots) != 1 or unexplained != {f"{next(iter(roots))}{METADATA}"}:
        return None
    import yaml

    data, submissions = tree.read(unexplained.pop(), LIST_BYTES + 1), None
    with contextlib.suppress(yaml.YAMLError, RecursionError, ValueError):
        submissions = yaml.safe_load(data) if len(data) <= LIST_BYTES else None
    hand_ins = []
    for start, number in starts.items():
        people = [f"submission_{number}"]
        with contextlib.suppress(KeyError, TypeError, AttributeError):
            submitters = submissions[f"submission_{number}"][":submitters"]  # type: ignore[index]
            people = [f"{s.get(':name')} ({s.get(':sid') or s.get(':email')})" for s in submitters]
        hand_ins += [HandIn(_name(person), partial(tree.below, start)) for person in people]
    return hand_ins
