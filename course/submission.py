"""A student's hand-in: which file belongs to which exercise, in a folder or a zip, read without trusting a name or a size."""

import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

SOURCE_BYTES = 2**20


class NoSubmission(Exception):
    """There is no usable file for this exercise; the message says why."""


def find(folder: Path, stem: str) -> Path:
    """The file NN_slug.py or NN_slug.ipynb in a folder, at any depth."""
    return folder / pick([str(p.relative_to(folder).as_posix()) for p in _files(folder)], stem)


def _files(folder: Path) -> Iterator[Path]:
    for here, inner, names in os.walk(folder):
        inner.sort()
        yield from (Path(here) / name for name in sorted(names))


def pick(names: list[str], stem: str) -> str:
    """The one name of `names` that is this exercise's. Raises NoSubmission when there is none, or more than one."""
    found = [n for n in names if PurePosixPath(n).name in (f"{stem}.py", f"{stem}.ipynb") and "__MACOSX" not in n]
    if not found:
        raise NoSubmission(f"{stem}.py is missing.")
    if len(found) > 1:
        raise NoSubmission(f"There are two files for {stem}: {found[0]} and {found[1]}. Keep one.")
    return found[0]


def source_of(path: Path) -> bytes:
    """A file's Python source; of a notebook, its code cells. Raises NoSubmission for links, large files and broken notebooks."""
    if path.is_symlink() or not path.is_file():
        raise NoSubmission(f"{path.name} is a link or no ordinary file.")
    with path.open("rb") as stream:
        return python_of(path.name, stream.read(SOURCE_BYTES + 1))


def python_of(name: str, data: bytes) -> bytes:
    """The Python source in a file's bytes: as they are, or a notebook's code cells without their % and ! lines."""
    if len(data) > SOURCE_BYTES:
        raise NoSubmission(f"{name} is larger than 1 MiB.")
    if not name.endswith(".ipynb"):
        return data
    try:
        cells = [c for c in json.loads(data)["cells"] if c["cell_type"] == "code"]
        lines = [line for c in cells for line in "".join(c["source"]).splitlines()]
        return "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in lines).encode()
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NoSubmission(f"{name} is no notebook that can be read.") from error


def sources(where: Path, stems: list[str]) -> dict[str, bytes | NoSubmission]:
    """For each exercise the student's source, or why there is none; `where` is a folder or a zip."""
    found: dict[str, bytes | NoSubmission] = {}
    for stem in stems:
        try:
            found[stem] = _from_zip(where, stem) if where.suffix == ".zip" else source_of(find(where, stem))
        except (NoSubmission, OSError) as error:
            found[stem] = error if isinstance(error, NoSubmission) else NoSubmission(f"{stem}: {error.strerror}.")
    return found


def _from_zip(path: Path, stem: str) -> bytes:
    """One member of a zip, read in memory and no further than it may be long: nothing is unpacked to a name of its own."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [n for n in archive.namelist() if not n.endswith("/")]
            for name in names:
                if ".." in PurePosixPath(name).parts or name.startswith(("/", "\\")):
                    raise NoSubmission(f"{path.name} holds a name that leaves its folder: {name!r}.")
            name = pick(names, stem)
            with archive.open(name) as member:
                return python_of(name, member.read(SOURCE_BYTES + 1))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise NoSubmission(f"{path.name} is no zip that can be read.") from error


def students(where: Path, stems: list[str]) -> dict[str, Path]:
    """Each student's name and hand-in: the folders and zips inside `where`, or `where` itself when it is one student's."""
    wanted = {f"{stem}{ending}" for stem in stems for ending in (".py", ".ipynb")}
    direct = [p.name for folder in (where, where / "exercises") if folder.is_dir() for p in folder.iterdir()]
    if where.suffix == ".zip" or wanted & set(direct):
        return {where.resolve().stem if where.suffix == ".zip" else where.resolve().name: where}
    found = sorted(p for p in where.iterdir() if not p.name.startswith(".") and (p.is_dir() or p.suffix == ".zip"))
    return {p.name.removesuffix(".zip"): p for p in found}
