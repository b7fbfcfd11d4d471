"""Errors that students meet, each with the sentence that helps; the table is data/errors.toml."""

import difflib
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Any

from course.paths import DATA
from course.text import Text


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((DATA / "errors.toml").read_text("utf-8"))


@cache
def sentences() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Pattern on "ErrorType: message" → what to write instead, in the order in which they are tried."""
    return tuple((re.compile(entry["pattern"]), entry["sentence"]) for entry in _table()["error"])


def explain(error: str, names: Iterable[str] = ()) -> Text | None:
    """The sentence for an error given as "ErrorType: message", or None where none fits.

    `names` are those of the student's file: a misspelt name is told with the nearest of them, or of Keras's own.
    """
    for pattern, sentence in sentences():
        if match := pattern.search(error):
            values = {name: value or "" for name, value in match.groupdict().items()}
            said = Text(sentence, **values)
            wrong = values.get("name") or values.get("name2") or ""
            own = names if error.startswith("NameError") else ()
            if near := _nearest(wrong[:50], own):
                return Text("{sentence} Did you mean `{near}`?", sentence=said, near=near)
            return said
    return None


def _nearest(wrong: str, names: Iterable[str]) -> str:
    words = [word for word in (*_table()["words"].split(), *names) if word != wrong]
    same = [word for word in words if word.lower() == wrong.lower()]
    same.sort(key=lambda word: word[0] != wrong[0])
    # A word that begins alike is meant rather than one that only ends alike.
    begins = [word for word in words if word[:1].lower() == wrong[:1].lower()]
    close = difflib.get_close_matches(wrong, begins, 1, 0.66)
    close = close or difflib.get_close_matches(wrong, words, 1, 0.8)
    return (same or close or [""])[0] if wrong else ""
