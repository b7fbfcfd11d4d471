"""Hand-ins that are alike beyond the starter and beyond what many of a class share. Student code is read, never run.

Likeness is a question to a teacher, not a proof: two who learnt together, or read one page, write alike.
"""

import io
import itertools
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import copydetect

from course import paths
from course.classroom.book import Book
from course.classroom.report import PAGES
from course.classroom.store import Store
from course.text import printable
from course.wall.source import pieces

# Tokens of a fingerprint, and how many of them one is chosen from (winnowing; Schleimer and others, 2003).
TOKENS, WINDOW = 20, 5
# What more than this share of a class has, and more than so many, is what right answers share.
COMMON_SHARE, COMMON_COUNT = 0.1, 3
# A pair is shown from this share of the smaller file's rare fingerprints, and so many of them.
LEAST_SHARE, LEAST_SHARED = 0.5, 4
SHOWN, SHOWN_BYTES = 100, 200_000


def pairs(book: Book, store: Store) -> list[dict[str, Any]]:
    """The pairs of hand-ins that are most alike: exercise, both students, share of the rarer fingerprints, marked texts."""
    found: list[dict[str, Any]] = []
    every: dict[str, dict[str, Any]] = {stem: {} for stem in book.exercises}
    for attempt in book.attempts:
        source = store.source(attempt.digest)
        if source is not None and (text := _text(source.kind, bytes(source))):
            every[attempt.exercise][attempt.student] = _fingerprint(text)
    for stem, prints in every.items():
        starter = _fingerprint((paths.EXERCISES / f"{stem}.py").read_text("utf-8"))
        counts = Counter(itertools.chain.from_iterable(one.hashes for one in prints.values()))
        most = max(COMMON_COUNT, COMMON_SHARE * len(prints))
        common = {one for one, count in counts.items() if count > most} | set(starter.hashes)
        rare = {student: set(one.hashes) - common for student, one in prints.items()}
        holders: dict[int, list[str]] = defaultdict(list)
        for student, hashes in rare.items():
            for one in hashes:
                holders[one].append(student)
        shared = Counter(
            pair for group in holders.values() for pair in itertools.combinations(sorted(group), 2)
        )
        for (first, second), count in shared.items():
            share = count / min(len(rare[first]), len(rare[second]))
            if count >= LEAST_SHARED and share >= LEAST_SHARE:
                both = prints[first], prints[second]
                found.append(
                    {
                        "exercise": stem,
                        "first": first,
                        "second": second,
                        "share": share,
                        "prints": both,
                    }
                )
    found.sort(key=lambda pair: (-pair["share"], pair["exercise"], pair["first"]))
    for pair in found[:SHOWN]:
        both = pair.pop("prints")
        _, _, slices = copydetect.compare_files(*both)
        pair["texts"] = [
            _marked(file.raw_code, spans) for file, spans in zip(both, slices, strict=True)
        ]
    return found[:SHOWN]


def _text(kind: str, data: bytes) -> str:
    """A file's text, without what is too long to be anybody's own work."""
    if len(data) > SHOWN_BYTES:
        return ""
    try:
        return "\n".join(piece.text for piece in pieces(f"file{kind}", data))
    except SyntaxError:
        return ""


def _fingerprint(text: str) -> Any:
    """A file's fingerprints: of its tokens, in which names, numbers and texts are alike."""
    return copydetect.CodeFingerprint(
        "file.py", TOKENS, WINDOW, language="python", fp=io.StringIO(text)
    )


def _marked(text: str, slices: Any) -> list[tuple[bool, str]]:
    """A text's lines, and whether each is of what both have."""
    lines, at = [], 0
    spans = list(zip(*slices, strict=True)) if len(slices) else []
    for line in text.splitlines(keepends=True):
        end = at + len(line)
        shared = bool(line.strip()) and any(start < end and stop > at for start, stop in spans)
        lines.append((shared, printable(line.rstrip("\n"))))
        at = end
    return lines


def write(out: Path, book: Book, store: Store) -> tuple[Path, list[dict[str, Any]]]:
    """Write out/similar.html with the pairs side by side; returns its path and the pairs."""
    found = pairs(book, store)
    paths.write_text(out / "similar.html", PAGES.get_template("similar.html").render(pairs=found))
    return out / "similar.html", found
