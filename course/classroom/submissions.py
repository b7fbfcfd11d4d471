"""The hand-ins of a class, as teachers get them: what lies there, whose it is, and what was not read.

A layout is recognised by the names at its top, as the platforms' own code makes them:
Moodle mod/assign/classes/downloader.php; Canvas lib/content_zipper.rb; NTU COOL is a Canvas of its own;
Gradescope submission_metadata.yml; Microsoft Teams "Submitted files/NAME/ASSIGNMENT/Version N/".
"""

import contextlib
import dataclasses
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from course.classroom.files import (
    PACKED,
    Source,
    SubmissionError,
    Tree,
    archive,
    folder,
    is_tool,
    is_work,
    rank,
    source_of,
    unpacked,
)
from course.text import as_text, printable

LIST_BYTES = 4 * 2**20


@dataclasses.dataclass(frozen=True)
class HandIn:
    """One student's files; `tree` is opened when its turn comes, and may turn out to be refused."""

    student: str
    tree: Callable[[], Tree]

    def sources(self, stems: list[str]) -> Iterator[tuple[str, Source | SubmissionError]]:
        """For each exercise the student's source, or why there is none."""
        refused = SubmissionError("")
        try:
            tree = unpacked(self.tree())
        except Exception as error:
            # Whatever is wrong with one hand-in refuses that one, by name, and the rest is graded.
            refused, tree = _reason(error), None
        for stem in stems:
            source: Source | SubmissionError = refused
            if tree is not None:
                try:
                    source = source_of(tree, stem, alone=len(stems) == 1)
                except Exception as error:
                    source = _reason(error)
            yield stem, source


def _reason(error: Exception) -> SubmissionError:
    return (
        error
        if isinstance(error, SubmissionError)
        else SubmissionError("It cannot be read: {error}.", error=getattr(error, "strerror", error))
    )


class Intake(list[HandIn]):
    """The hand-ins of a class, what they were recognised as, and what at the top belongs to nobody."""

    def __init__(self, form: str, hand_ins: Iterable[HandIn], unread: Iterable[str] = ()) -> None:
        super().__init__(sorted(hand_ins, key=lambda hand_in: hand_in.student))
        self.form, self.unread = as_text(form), sorted(unread)
        # Names under which there is more than one hand-in: each is graded under a name of its own.
        self.twice: list[str] = []
        seen: dict[str, int] = {}
        for at, hand_in in enumerate(self):
            key = folded(hand_in.student)
            seen[key] = seen.get(key, 0) + 1
            if seen[key] > 1:
                self.twice.append(hand_in.student)
                self[at] = HandIn(f"{hand_in.student} #{seen[key]}", hand_in.tree)


def folded(name: str) -> str:
    """A name as it is compared: composed, without case, and without blanks at its ends."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def students(where: Path, stems: list[str], names: str | None = None) -> Intake:
    """The hand-ins in a folder or zip, by name: one student's, a folder or zip per student, or a platform's export.

    names: a regular expression with the groups `student` and `file`, for layouts of other platforms.

    Raises SubmissionError for what cannot be read as a whole.
    """
    whole = where.resolve()
    zipped = where.suffix.lower() == ".zip"
    own_name = _name(whole.stem if zipped else whole.name)
    tree = archive(where, where.name) if zipped else folder(where)
    if names is not None:
        return _by_pattern(tree, names)
    outer = zipped
    while True:
        for read in (_moodle, _teams, _canvas, _gradescope):
            if (intake := read(tree)) is not None:
                return intake
        tops = _tops(tree)
        if _is_one(tree, tops, stems, outer):
            return Intake("the files of one student", [HandIn(own_name, partial(tree.below, ""))])
        if (intake := _flat(tree, tops, stems)) is not None:
            return intake
        if not _is_wrapped(tree, tops, stems):
            return _each(tree, tops | _empty(whole, tops))
        # A folder around the class, as packing adds it.
        wrapper = next(iter(tops))
        tree, outer, whole = tree.below(f"{wrapper}/"), False, whole / wrapper


def _tops(tree: Tree) -> dict[str, list[str]]:
    """Each name at the top, with what lies below it (nothing below a file)."""
    tops: dict[str, list[str]] = defaultdict(list)
    for name in tree.names:
        top, _, rest = name.partition("/")
        tops[top] += [rest] if rest else []
    return dict(tops)


def _empty(path: Path, tops: dict[str, list[str]]) -> dict[str, list[str]]:
    """Folders in which there is no file: somebody's, who handed in nothing."""
    if not path.is_dir():
        return {}
    inner = (entry for entry in path.iterdir() if entry.is_dir() and not entry.is_symlink())
    return {
        entry.name: [""] for entry in inner if entry.name not in tops and not is_tool(entry.name)
    }


def _hand_ins(tree: Tree, files: dict[str, dict[str, str]]) -> list[HandIn]:
    """Student → file name as they gave it → name in the tree, as hand-ins."""
    return [HandIn(name, partial(tree.renamed, given)) for name, given in files.items()]


def _has_work(names: Iterable[str], stems: list[str]) -> bool:
    return any(name.lower().endswith((".zip", *PACKED)) or is_work(name, stems) for name in names)


PARTS = {"exercises", "lessons", "notebooks", "solutions", "plots"}


def _is_one(tree: Tree, tops: dict[str, list[str]], stems: list[str], outer: bool) -> bool:
    """Whether a tree is one student's: the exercises lie at its top or in exercises/, and nobody else's folders do."""
    direct = [
        n for n in tree.names if n.count("/") == 0 and any(rank(n, s) in (0, 1) for s in stems)
    ]
    parts = {top for top in tops if top in PARTS and tops[top]}
    others = [t for t in tops if tops[t] and t not in parts and _has_work(tops[t], stems)]
    if (direct or parts) and not others:
        return True
    # In a zip also files in one folder, which packing adds.
    only = next(iter(tops)) if len(tops) == 1 else None
    if not outer or only is None:
        return False
    inner = _tops(tree.below(f"{only}/"))
    return _is_one(tree.below(f"{only}/"), inner, stems, outer=False)


def _is_wrapped(tree: Tree, tops: dict[str, list[str]], stems: list[str]) -> bool:
    """Whether all lies in one folder, in which there are several students or a platform's download."""
    if len(tops) != 1 or not next(iter(tops.values())):
        return False
    inner = tree.below(f"{next(iter(tops))}/")
    below = _tops(inner)
    if _is_one(inner, below, stems, outer=False):
        return False
    people = [top for top in below if _has_work(below[top] or [top], stems) and top not in PARTS]
    flat = any(_mostly(inner, pattern) for pattern in (MOODLE, CANVAS, TEAMS, GRADESCOPE))
    return flat or len(people) > 1 or _flat(inner, below, stems) is not None


def _flat(tree: Tree, tops: dict[str, list[str]], stems: list[str]) -> Intake | None:
    """Files beside one another whose names begin with the students': `b12345_05_losses.py`."""
    files: dict[str, dict[str, str]] = defaultdict(dict)
    unread = [top for top in tops if tops[top]]
    for name in tree.names:
        if "/" in name:
            continue
        match = next(
            (m for s in stems if (m := re.fullmatch(rf"(.+?)[\s_\-]+({s}\b.*)", name))), None
        )
        if match:
            files[_name(match[1])][match[2]] = name
        else:
            unread.append(name)
    if len(files) < 2 or len(unread) > len(files):
        return None
    return Intake("files that begin with a student's name", _hand_ins(tree, files), unread)


def _each(tree: Tree, tops: dict[str, list[str]]) -> Intake:
    """A folder or a zip for each student; what is neither is not read, but a packed file is somebody's."""
    hand_ins, unread = [], []
    folders = {top for top in tops if tops[top]}
    for top in tops:
        stem, ending = PurePosixPath(top).stem, PurePosixPath(top).suffix
        if top in folders:
            given = {rest: f"{top}/{rest}" for rest in tops[top] if rest}
            hand_ins.append(HandIn(_name(top), partial(tree.renamed, given)))
        elif ending.lower() == ".zip" or ending.lower() in PACKED:
            name = _name(top if stem in folders else stem)
            hand_ins.append(HandIn(name, partial(tree.renamed, {top: top})))
        else:
            unread.append(top)
    return Intake("a folder or a zip per student", hand_ins, unread)


def _by_pattern(tree: Tree, names: str) -> Intake:
    """What a teacher's own pattern says of each path."""
    try:
        pattern = re.compile(names)
    except re.error as error:
        raise SubmissionError("--names: {error}", error=error) from error
    if not {"student", "file"} <= pattern.groupindex.keys():
        raise SubmissionError(
            "--names {names}: write groups for both, as in (?P<student>[^/]+)/(?P<file>.+)",
            names=names,
        )
    files: dict[str, dict[str, str]] = defaultdict(dict)
    unread = []
    for name in tree.names:
        match = pattern.fullmatch(name)
        if match and match["student"] and match["file"]:
            files[_name(match["student"])][match["file"]] = name
        else:
            unread.append(name)
    return Intake("names as --names reads them", _hand_ins(tree, files), unread)


# --- platforms ---

MOODLE = re.compile(
    r"(?P<name>[^/]*?)(?:_(?P<id>\d+))?_assignsubmission_(?:file|onlinetext)(?:_?/(?P<file>.+)|_(?P<flat>[^/]+))"
)
CANVAS = re.compile(
    r"(?:LATE_)?(?:anon_(?P<anon>[^_/]+)|(?:(?P<name>[^/]*?)_)??(?:LATE_)?(?P<id>\d+))_"
    r"(?:(?![01]\d_)(?P<version>\d+)_(?P<file>[^/]+)|(?P<typed>(?:text|link)\.html))"
)
# A folder around them is taken off before: what lies in a student's own folder never says how a class is laid out.
TEAMS = re.compile(r"Submitted files/(?P<name>[^/]+)/(?P<file>.+)")
GRADESCOPE = re.compile(r"submission_(?P<id>\d+)/(?P<file>.+)")
METADATA = "submission_metadata.yml"


def _mostly(
    tree: Tree, pattern: re.Pattern[str]
) -> tuple[dict[str, re.Match[str]], list[str]] | None:
    """The names that a platform's pattern fits, and the others; None where it fits fewer than half."""
    fits = {name: match for name in tree.names if (match := pattern.fullmatch(name))}
    others = [name for name in tree.names if name not in fits]
    return (fits, others) if len(fits) > len(others) else None


def _moodle(tree: Tree) -> Intake | None:
    if (found := _mostly(tree, MOODLE)) is None:
        return None
    files: dict[str, dict[str, str]] = defaultdict(dict)
    for name, match in found[0].items():
        person = match["name"] + (f" ({match['id']})" if match["id"] else "")
        files[_name(person)][match["file"] or match["flat"]] = name
    return Intake("a download of Moodle", _hand_ins(tree, files), found[1])


def _canvas(tree: Tree) -> Intake | None:
    if (found := _mostly(tree, CANVAS)) is None:
        return None
    newest: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    for name, match in found[0].items():
        person = (
            f"anon {match['anon']}" if match["anon"] else f"{match['name'] or ''} ({match['id']})"
        )
        # A second file of one name has -1 before its ending; the higher number is the newer.
        # What was typed in, a text or a link, has no number of its own.
        shown = match["typed"] or re.sub(r"-\d+(?=\.[^.]+$)", "", match["file"])
        given = newest[_name(person.strip())]
        version = int((match["version"] or "0")[:30])
        given[shown] = max(given.get(shown, (-1, "")), (version, name))
    files = {
        person: {shown: name for shown, (_, name) in given.items()}
        for person, given in newest.items()
    }
    return Intake("a download of Canvas", _hand_ins(tree, files), found[1])


def _teams(tree: Tree) -> Intake | None:
    rest = Tree([n for n in tree.names if not n.startswith("Working files/")], tree.read)
    if (found := _mostly(rest, TEAMS)) is None:
        return None
    versions: dict[str, dict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for name, match in found[0].items():
        version = re.search(r"(?:^|/)Version (\d{1,9})/", match["file"])
        number = int(version[1]) if version else 0
        file = match["file"][version.end() :] if version else match["file"]
        versions[_name(match["name"])][number][file] = name
    files = {person: given[max(given)] for person, given in versions.items()}
    return Intake("a download of Microsoft Teams", _hand_ins(tree, files), found[1])


def _gradescope(tree: Tree) -> Intake | None:
    """Gradescope's export: `submission_123/…`, with the names in submission_metadata.yml beside them."""
    found = _mostly(tree, GRADESCOPE)
    if found is None or METADATA not in tree.names:
        return None
    import yaml

    data, submissions = tree.read(METADATA, LIST_BYTES + 1), None
    # PyYAML raises errors of all kinds for values that do not fit their tags.
    with contextlib.suppress(Exception):
        submissions = yaml.safe_load(data) if len(data) <= LIST_BYTES else None
    files: dict[str, dict[str, str]] = defaultdict(dict)
    for name, match in found[0].items():
        files[match["id"]][match["file"]] = name
    hand_ins = []
    for number, given in files.items():
        people = [f"submission_{number}"]
        with contextlib.suppress(KeyError, TypeError, AttributeError):
            submitters = submissions[f"submission_{number}"][":submitters"]  # type: ignore[index]
            people = [
                f"{s.get(':name')} ({s.get(':sid') or s.get(':email')})" for s in submitters
            ] or people
        hand_ins += [HandIn(_name(person), partial(tree.renamed, given)) for person in people]
    return Intake("an export of Gradescope", hand_ins, [n for n in found[1] if n != METADATA])


def _name(text: str) -> str:
    """A student's name as text: a file system's may hold control characters, and bytes that are no text."""
    return printable(os.fsencode(text).decode("utf-8", "backslashreplace"), False)
