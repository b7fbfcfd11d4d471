"""The record of a check's result, from the judge to the report, and the only wording of it."""

import functools
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import msgspec

from course.text import Text, as_text, current_language, dump, load, translate


class Outcome(StrEnum):
    """What a check came to."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_ATTEMPTED = "not attempted"
    # Its question rests on something that an earlier check met already.
    NOT_REACHED = "not reached"
    # No fault of the student's.
    GRADER_FAILED = "grader failed"


class Miss(Exception):
    """An answer that is not right: the reason in one sentence, what came, what was expected.

    A reason without values may be a plain string; one with values is a Text.
    """

    def __init__(self, why: str, answer: Any = None, came: str = "", expected: str = "") -> None:
        super().__init__(why)
        self.why, self.answer, self.came, self.expected = as_text(why), answer, came, expected


class Mark(msgspec.Struct, frozen=True, gc=False):
    """What one check came to, as plain data. A Text is ours and is translated; a plain string is the student's or code."""

    check: str
    sentence: str
    outcome: Outcome
    points: float
    of: float
    seconds: float = 0.0
    why: str = ""
    asked: str = ""
    came: str = ""
    expected: str = ""
    line: str = ""
    error: str = ""
    printed: str = ""
    hint: str = ""
    # What was noted of the file: its name, and statements at its top that raised.
    noted: str = ""

    @property
    def passed(self) -> bool:
        return self.outcome == Outcome.PASSED

    @property
    def message(self) -> str:
        """The result in one line, in the language in force."""
        noted = " ".join(translate(self.noted).split())
        parts = translate(self.why), translate(self.line), self.error, noted
        return " ".join(part for part in parts if part)


# The fields that are templates with values; as plain data they are JSON.
TEXTS = ("sentence", "why", "came", "expected", "hint", "line", "noted")


def to_plain(mark: Mark) -> dict[str, str | float]:
    """A mark as numbers and plain strings, as SQLite and the reports of pytest's workers hold them."""
    plain = {name: getattr(mark, name) for name in FIELDS}
    texts = {name: dump(plain[name]) for name in TEXTS}
    return plain | texts | {"outcome": mark.outcome.value}


def from_plain(plain: Mapping[str, Any]) -> Mark:
    """What `to_plain` was given."""
    texts = {name: load(plain[name]) for name in TEXTS}
    return Mark(**{**plain, **texts, "outcome": Outcome(plain["outcome"])})


FIELDS = Mark.__struct_fields__
# More steps than any hint has.
EVERY_HINT = 99
# Fields of a Mark in the order of reading, each with the label that people read.
LABELS = {
    "asked": "call",
    "line": "at",
    "error": "error",
    "came": "got",
    "expected": "expected",
    "why": "why",
    "noted": "note",
    "hint": "hint",
    "printed": "printed",
}


def lines(mark: Mark, hints: int = 0, printed: int = 0) -> list[tuple[str, str]]:
    """A mark as (label, text) pairs in the order of reading, in the language in force.

    hints, printed: how many steps of the hint are shown, and how many of the last lines that the code printed are shown.
    """
    texts = {name: getattr(mark, name) for name in LABELS}
    texts["printed"] = "\n".join(mark.printed.strip().splitlines()[-printed:]) if printed else ""
    texts["hint"] = "\n".join(translate(mark.hint).splitlines()[:hints])
    return [(word(LABELS[name]), translate(text)) for name, text in texts.items() if text]


def word(name: str) -> str:
    """An outcome or a label in the language in force."""
    return _word(name, current_language())


@functools.cache
def _word(name: str, language: str) -> str:
    return translate(Text(name), language)


def results(marks: Iterable[Mark]) -> list[tuple[str, bool | None]]:
    """Each check and whether it passed, None where it waits to be written; where the grader failed, what was known before stays."""
    return [
        (mark.check, None if mark.outcome == Outcome.NOT_ATTEMPTED else mark.passed)
        for mark in marks
        if mark.outcome != Outcome.GRADER_FAILED
    ]
