"""A student's files: which one is meant for an exercise, and what else of theirs it needs.

Everything is read in memory, bounded, without trusting a name or a size: nothing is unpacked, no link is followed.
"""

import contextlib
import dataclasses
import difflib
import io
import json
import os
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath

from course import paths, script
from course.text import LANGUAGES, CourseError, Text, pinned_language, printable
from course.wall.source import OWN_LINES, decoded

# Notebooks hold their pictures.
SOURCE_BYTES, NOTEBOOK_BYTES = 2**20, 16 * 2**20
# What zipfile raises of archives that are broken, encrypted or of a kind that it does not read.
ERRORS = (RuntimeError, NotImplementedError, EOFError, ValueError)
ZIP_BYTES = 64 * 2**20
MEMBERS = 20_000
# A student's own modules beside the file: how many, and how many bytes of all.
BESIDE, BESIDE_BYTES = 20, 2**20
# More files for one exercise than this are not compared: each may be large.
CANDIDATES = 20
# A path of more bytes than this is no module that a file can be expected to import, and file systems refuse it.
NAME_BYTES = 200
# Folders that tools make; hidden ones are never looked into either.
TOOLS = {"__macosx", "__pycache__", "node_modules", "site-packages", "venv", "env", "virtualenv"}
# Names of the course's own folders beside exercises/.
OURS = {"lessons", "solutions"}
PACKED = (".7z", ".rar", ".tar", ".gz", ".tgz", ".xz", ".zst")


class SubmissionError(CourseError):
    """There is no usable file for this exercise; the message says why."""

    def __init__(self, template: str, **names: object) -> None:
        plain = {
            k: v if isinstance(v, Text) else printable(str(v), False) for k, v in names.items()
        }
        super().__init__(template, **plain)


# The path of what was typed in a notebook's kernel.
TYPED = "In.ipynb"


class Source(bytes):
    """The bytes of a student's file, where it lies, their own modules beside it, and what was noted when it was chosen."""

    path: str
    beside: dict[str, bytes]
    notes: list[Text]

    def __new__(
        cls,
        data: bytes,
        path: str,
        beside: dict[str, bytes] | None = None,
        notes: list[Text] | None = None,
    ) -> "Source":
        source = super().__new__(cls, data)
        source.path, source.beside, source.notes = path, beside or {}, notes or []
        return source

    @property
    def kind(self) -> str:
        """.py or .ipynb, however the name ends."""
        return _plain(self.path)[1] or ".py"

    def __reduce__(self) -> tuple[type["Source"], tuple[bytes, str, dict[str, bytes], list[Text]]]:
        return Source, (bytes(self), self.path, self.beside, self.notes)


# --- folders and zips alike ---


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

    def renamed(self, names: dict[str, str]) -> "Tree":
        """The part that `names` names, as new name → name here."""
        return Tree(list(names), lambda name, size: self.read(names[name], size))


def is_tool(name: str) -> bool:
    """Whether no person made this: hidden, or in a folder of a tool's."""
    return any(part.startswith(".") or part.lower() in TOOLS for part in name.split("/"))


def folder(path: Path) -> Tree:
    """A folder's files at any depth, without those of tools. Raises SubmissionError for more than can be looked through."""
    names, todo = list[str](), [path]
    while todo:
        # What lies too deep for the system's paths is not looked into.
        with contextlib.suppress(OSError):
            found = sorted(entry for entry in todo.pop().iterdir() if not is_tool(entry.name))
            folders = {entry for entry in found if entry.is_dir()}
            names += [one.relative_to(path).as_posix() for one in found if one not in folders]
            todo += [one for one in reversed(found) if one in folders and not one.is_symlink()]
    return Tree(names, lambda name, size: file_bytes(path / name, size))


def file_bytes(path: Path, size: int) -> bytes:
    """A file's first so many bytes. Raises SubmissionError for a link, and for what cannot be read."""
    if path.is_symlink() or not path.is_file():
        raise SubmissionError("{name} is a link or not an ordinary file.", name=path.name)
    try:
        with path.open("rb") as stream:
            return stream.read(size)
    except OSError as error:
        raise SubmissionError(
            "{name} cannot be read: {why}.", name=path.name, why=error.strerror or error
        ) from error


def archive(data: Path | bytes, name: str) -> Tree:
    """A zip, from a path or from its bytes. Raises SubmissionError for one that is broken or that reaches out of its folder."""

    if isinstance(data, Path) and (data.is_symlink() or not data.is_file()):
        raise SubmissionError("{name} is a link or not an ordinary file.", name=name)
    with _zip_errors(name):
        # Open as long as the tree is used: its list of names is long to read.
        zipped = zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
        members = [member for member in zipped.infolist() if not member.is_dir()]
    if len(members) > MEMBERS:
        raise SubmissionError("{name} holds more than {count} files.", name=name, count=MEMBERS)
    places: dict[str, str] = {}
    for member in members:
        place = _member_name(member)
        if ".." in PurePosixPath(place).parts or place.startswith(("/", "\\")):
            raise SubmissionError(
                "{name} contains a path that leads outside its folder: {member}.",
                name=name,
                member=repr(place),
            )
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # Others can unfold without bound before a single byte is read.
            raise SubmissionError("{name} is packed in a way that is not read here.", name=name)
        if not is_tool(place):
            places[place] = member.filename

    def read(place: str, size: int) -> bytes:
        with _zip_errors(name), zipped.open(places[place]) as stream:
            return stream.read(size)

    return Tree(list(places), read)


def _member_name(member: zipfile.ZipInfo) -> str:
    """A member's name: Windows in Chinese packs names in its own code page, which zipfile reads as another."""
    name = member.filename
    if not member.flag_bits & 0x800:
        for encoding in ("utf-8", "cp950"):
            with contextlib.suppress(UnicodeError):
                name = name.encode("cp437").decode(encoding)
                break
    return name.replace("\\", "/")


@contextlib.contextmanager
def _zip_errors(name: str) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, *ERRORS) as error:
        raise SubmissionError("{name} is not a readable zip file.", name=name) from error


def unpacked(tree: Tree, depth: int = 2, room: list[int] | None = None) -> Tree:
    """A tree with what its zips hold in their places: platforms wrap what a student packed.

    room: how many bytes of zips may still be held in memory, of all zips of a hand-in together.
    """
    room = [ZIP_BYTES] if room is None else room
    zips = [name for name in tree.names if name.lower().endswith(".zip")]
    if not zips or not depth:
        return tree
    inner: dict[str, Tree] = {}
    broken: SubmissionError | None = None
    for name in zips[:20]:
        try:
            data = tree.read(name, room[0] + 1)
            if len(data) > room[0]:
                size = ZIP_BYTES // 2**20
                raise SubmissionError("{name} is larger than {size} MiB.", name=name, size=size)
            room[0] -= len(data)
            inner[name[:-4]] = unpacked(archive(data, PurePosixPath(name).name), depth - 1, room)
        except SubmissionError as error:
            broken = error
    rest = [name for name in tree.names if name not in zips]
    if broken and not inner and not rest:
        raise broken
    places = {
        f"{start}/{name}": (part, name) for start, part in inner.items() for name in part.names
    }
    places |= {name: (tree, name) for name in rest}
    return Tree(list(places), lambda name, size: places[name][0].read(places[name][1], size))


# --- which file is meant ---

# What people call an exercise, before its number.
HOMEWORK = "hw|homework|ex|exercise|assignment|lab|作業|習題|練習|第"
# Names of checks, and of scripts by `course try`.
GENERATED = ("test_", "try_")
ENDINGS = (".ipynb.txt", ".ipynb.json", ".py.txt", ".ipynb", ".pyw", ".py", ".txt")


@lru_cache(maxsize=2**16)
def _plain(name: str) -> tuple[str, str]:
    """A file's name as it is compared, without accents of writing, and its ending: .py, .ipynb, or nothing for other files."""
    base = unicodedata.normalize("NFKC", name.rpartition("/")[2]).casefold().strip()
    for ending in ENDINGS:
        if base.endswith(ending):
            kind = ".ipynb" if "ipynb" in ending else ".py"
            return base.removesuffix(ending), kind
    return base, ""


def rank(name: str, stem: str) -> int | None:
    """How surely a name means an exercise: 0 its very name, then in other case, decorated, only in its words, "hw5"; else None."""
    return _rank(name.rpartition("/")[2], stem)


def is_work(name: str, stems: Iterable[str]) -> bool:
    """Whether a name means one of these exercises."""
    return any(rank(name, stem) is not None for stem in stems)


@lru_cache(maxsize=2**18)
def _rank(name: str, stem: str) -> int | None:
    base, kind = _plain(name)
    if not kind or base.startswith(GENERATED) or re.search(r"\.backup-\d+$", base):
        return None
    if name in (f"{stem}.py", f"{stem}.ipynb"):
        return 0
    if base == stem:
        return 1
    if base.endswith((".md", ".csv", ".html")):
        return None
    words = re.sub(r"[\W_]+", "_", base)
    if re.search(rf"(?<![^\W_]){stem}(?![^\W_])", words):
        return 2
    if name.lower().endswith(".txt"):
        return None
    number = int(stem[:2])
    squeezed = stem.replace("_", "")
    if words in (stem[3:], f"{number}_{stem[3:]}") or re.search(
        rf"(?<!\d){squeezed}", words.replace("_", "")
    ):
        return 3
    if re.search(rf"(?:{HOMEWORK})_?0?{number}(?!\d)", words):
        return 4
    return None


def choose(tree: Tree, stem: str, alone: bool = False) -> tuple[str, list[Text]]:
    """The name in a tree that is meant for an exercise, and notes.

    alone: this is the only exercise, so that the only file of Python is meant whatever its name is.

    Raises SubmissionError when there is none, or when more than one can be meant.
    """
    names = [name for name in tree.names if not is_tool(name)]
    candidates = {
        name: found
        for name in names
        if (found := rank(name, stem)) is not None and not OURS & set(name.split("/")[:-1])
    }
    if not candidates and alone:
        programs = [n for n in names if n.lower().endswith((".py", ".ipynb"))]
        others = [one for one in paths.exercise_stems() if one != stem]
        programs = [n for n in programs if not _plain(n)[0].startswith((*GENERATED, "conftest"))]
        programs = [n for n in programs if not is_work(n, others)]
        candidates = dict.fromkeys(programs, 5) if len(programs) == 1 else {}
    if not candidates:
        raise _missing(names, stem)
    if len(candidates) > CANDIDATES:
        raise SubmissionError(
            "There are {count} files for {stem}: keep one.", count=len(candidates), stem=stem
        )
    changed = candidates
    if len(candidates) > 1:
        touched = [
            name for name in candidates if not is_ours(name, tree.read(name, NOTEBOOK_BYTES + 1))
        ]
        changed = {name: candidates[name] for name in touched or candidates}

    def order(name: str) -> tuple[int, bool, int]:
        parts = name.split("/")
        return changed[name], "exercises" not in parts[:-1], len(parts)

    best = min(map(order, changed))
    first, *equal = [name for name in changed if order(name) == best]
    data = tree.read(first, NOTEBOOK_BYTES + 1)
    for other in equal:
        if tree.read(other, NOTEBOOK_BYTES + 1) != data:
            raise SubmissionError(
                "There are two files for {stem}: {first} and {second}. Keep one.",
                stem=stem,
                first=first,
                second=other,
            )
    notes = []
    if PurePosixPath(first).name not in (f"{stem}.py", f"{stem}.ipynb"):
        notes.append(Text("{given} was taken for {stem}", given=printable(first, False), stem=stem))
    unused = sorted(changed.keys() - {first, *equal})
    notes += [
        Text("{other} was not graded", other=printable(other, False))
        for other in unused
        if tree.read(other, NOTEBOOK_BYTES + 1) != data
    ]
    return first, notes


def source_of(tree: Tree, stem: str, alone: bool = False) -> Source:
    """The source that is meant for an exercise, with its notes. Raises SubmissionError."""
    name, notes = choose(tree, stem, alone)
    return read(tree, name, notes)


def read(tree: Tree, name: str, notes: list[Text]) -> Source:
    """A file of a tree, with the student's own modules beside it. Raises SubmissionError for one that is too large."""
    most = NOTEBOOK_BYTES if _plain(name)[1] == ".ipynb" else SOURCE_BYTES
    data = tree.read(name, most + 1)
    if len(data) > most:
        raise SubmissionError("{name} is larger than {size} MiB.", name=name, size=most // 2**20)
    start, beside, left = name.rpartition("/")[0], dict[str, bytes](), BESIDE_BYTES
    start = f"{start}/" if start else ""
    stems = paths.exercise_stems()
    for other in tree.names:
        place = other.removeprefix(start)
        *inner, last = place.split("/")
        modules = [*inner, last.removesuffix(".py")]
        fits = last.endswith(".py") and len(inner) <= 1 and all(map(str.isidentifier, modules))
        fits = fits and len(os.fsencode(place)) <= NAME_BYTES
        if not other.startswith(start) or not fits or is_tool(place) or OURS & set(inner):
            continue
        if other == name or last.startswith(GENERATED) or is_work(other, stems):
            continue
        if len(beside) == BESIDE:
            break
        with contextlib.suppress(SubmissionError):
            module = tree.read(other, left + 1)
            if len(module) <= left:
                beside[place], left = module, left - len(module)
    return Source(data, name, beside, notes)


def _missing(names: list[str], stem: str) -> SubmissionError:
    """That an exercise's file is missing, with the file that may have been meant, or what was handed in."""
    stems, free = paths.exercise_stems(), dict[str, str]()
    for name in names:
        base, kind = _plain(name)
        theirs = not base.startswith(GENERATED) and not OURS & set(name.split("/"))
        if kind and theirs and not is_work(name, stems):
            free.setdefault(base, PurePosixPath(name).name)
    # With very many files, likeness takes too long to weigh.
    near = [base for base in free if stem in base] or difflib.get_close_matches(
        stem, list(free)[:100], 1, 0.7
    )
    if near:
        given = free[near[0]]
        right = f"{stem}{'.ipynb' if given.lower().endswith('.ipynb') else '.py'}"
        return SubmissionError(
            "{stem}.py is missing: is it {given}? Then name it {name}.",
            stem=stem,
            given=given,
            name=right,
        )
    for name in names:
        if name.lower().endswith(PACKED):
            return SubmissionError(
                "{name} cannot be read: unpack it, and pack it as .zip.",
                name=PurePosixPath(name).name,
            )
    if names and not any(_plain(name)[1] for name in names):
        shown = ", ".join(PurePosixPath(name).name for name in names[:3])
        return SubmissionError(
            "{stem}.py is missing. What was handed in is no Python: {names}", stem=stem, names=shown
        )
    return SubmissionError("{stem}.py is missing.", stem=stem)


# --- what the course itself wrote ---


def is_ours(name: str, data: bytes) -> bool:
    """Whether a file is a starter or a lesson that nobody has changed, in any of the course's languages."""
    if len(data) > SOURCE_BYTES:
        # Ours are small; a large one is not even parsed.
        return False
    try:
        text = decoded(data)
        if not name.lower().endswith(".ipynb"):
            return _bare(text) in _written()[0]
        cells = [c["source"] for c in json.loads(text)["cells"] if c["cell_type"] == "code"]
        code = ("".join(cell) for cell in cells)
        bare = {_bare(text) for text in code if not re.search(OWN_LINES, text)}
        return bare <= _written()[1]
    except (SyntaxError, ValueError, KeyError, TypeError, RecursionError):
        return False


def _bare(text: str) -> str:
    """A text without blank lines and spaces at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip())


@cache
def _written() -> tuple[frozenset[str], frozenset[str]]:
    """The texts of all starters and lessons, and those of their code cells."""
    files, cells = set(), set()
    for source in (*paths.LESSONS.glob("[0-9]*.py"), *paths.EXERCISES.glob("[0-9]*.py")):
        for language in LANGUAGES:
            with pinned_language(language):
                text = script.translated(source.read_text("utf-8"))
                files.add(_bare(text))
                cells |= {_bare(code) for _, code in script.pieces(text)}
    return frozenset(files), frozenset(cells)


def everything(names: Iterable[str]) -> str:
    """A few names, for a sentence."""
    names = list(names)
    more = f" … (+{len(names) - 5})" if len(names) > 5 else ""
    return ", ".join(printable(name, False) for name in names[:5]) + more
