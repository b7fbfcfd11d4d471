"""Errors that students meet, each with the sentence that helps; the table is data/errors.toml."""

import re
import tomllib
from functools import cache

from course.paths import DATA
from course.text import Text


@cache
def sentences() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Pattern on "ErrorType: message" → what to write instead, in the order in which they are tried."""
    entries = tomllib.loads((DATA / "errors.toml").read_text("utf-8"))["error"]
    return tuple((re.compile(entry["pattern"]), entry["sentence"]) for entry in entries)


def explain(error: str) -> Text | None:
    """The sentence for an error given as "ErrorType: message", or None where none fits."""
    for pattern, sentence in sentences():
        if match := pattern.search(error):
            values = {name: value or "" for name, value in match.groupdict().items()}
            return Text(sentence, **values)
    return None
