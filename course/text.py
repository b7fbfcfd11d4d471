"""Messages as data, and the language that people are spoken to in.

A message is a template and its values: it is put into words where it is shown, so that checks,
workers, clusters and stores know English only, and the marks of a class can be read in any
language. The translations are gettext's, compiled: locale/<language>/LC_MESSAGES/course.mo.
"""

import argparse
import contextlib
import contextvars
import gettext
import json
import locale
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Self

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("en", "zh-TW")


class Text(str):
    """An English message that remembers its template and its values.

    It is the English string itself wherever a string is asked for. A message without values may
    hold braces; the values of a message may be messages too.
    """

    __slots__ = ("template", "values")
    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, **values: object) -> Self:
        plain = {name: v if isinstance(v, str) else str(v) for name, v in values.items()}
        self = super().__new__(cls, template.format_map(plain) if plain else template)
        self.template, self.values = template, plain
        return self

    def __reduce__(self) -> Any:
        return _restore, (self.template, self.values)

    def worded(self, language: str) -> str:
        """The message in a language; in English where it has no translation."""
        template = _translations(language).gettext(self.template) if self.template else ""
        if not self.values:
            return template
        return template.format_map({n: translate(v, language) for n, v in self.values.items()})


def _restore(template: str, values: dict[str, Any]) -> Text:
    return Text(template, **values)


def as_text(message: str) -> Text:
    """A message of ours that may be written as a plain string, as a Text."""
    return message if isinstance(message, Text) else Text(message)


@cache
def _translations(language: str) -> gettext.NullTranslations:
    tag = language.replace("-", "_")
    return gettext.translation("course", LOCALE, [tag], fallback=True)


def warn_untranslated() -> None:
    """Say so where the language in force has no compiled texts: in a clone that was not installed since."""
    language = current_language()
    if language != "en" and type(_translations(language)) is gettext.NullTranslations:
        print(
            f"course: the texts in {language} are not compiled, so this is English. In the clone, run: pip install -e .",
            file=sys.stderr,
        )


def translate(text: str, language: str | None = None) -> str:
    """A Text in the language in force. Any other string is a name, code or a student's words, and stays."""
    return text.worded(language or current_language()) if isinstance(text, Text) else text


def tr(template: str, **values: object) -> str:
    """The message of this template, in the language in force."""
    return translate(Text(template, **values))


def say(template: str, **values: object) -> None:
    """Print a message in the language in force."""
    print(tr(template, **values), flush=True)


def complain(template: str, **values: object) -> None:
    """Print a message on the standard error stream, in the language in force."""
    print(tr(template, **values), file=sys.stderr)


class CourseError(Exception):
    """An error that people read: one message that says what is wrong and what to do."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template, values)
        self.text = template if isinstance(template, Text) else Text(template, **values)

    def __str__(self) -> str:
        return str(self.text)

    def __reduce__(self) -> Any:
        return type(self), (self.text,)

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback."""
        return [translate(self.text)]


class UsageError(CourseError):
    """Wrong use of a command; exit status 2."""


# --- texts in JSON: the store, --course-json, reports of pytest's workers ---


def dump(text: str) -> str:
    """A Text or a plain string as JSON, for `load`."""
    return json.dumps(_as_data(text), ensure_ascii=False)


def _as_data(text: str) -> Any:
    if not isinstance(text, Text):
        return str(text)
    return [text.template, {name: _as_data(value) for name, value in text.values.items()}]


def load(data: str) -> str:
    """What `dump` was given."""
    return _from_data(json.loads(data))


def _from_data(data: Any) -> str:
    if isinstance(data, str):
        return data
    template, values = data
    return Text(template, **{name: _from_data(value) for name, value in values.items()})


def truncate(text: str, length: int) -> str:
    """A text of at most about so many characters; a Text keeps its template and loses of its values."""
    if len(text) <= length:
        return text
    if not isinstance(text, Text):
        # Not within a word, where one begins near.
        kept = re.sub(r"(?<=\W)\w{1,20}$", "", text[:length])
        return f"{kept.rstrip()} …"
    share = length // (len(text.values) or 1)
    return Text(text.template, **{name: truncate(v, share) for name, v in text.values.items()})


def printable(text: str, newlines: bool = True) -> str:
    """Text from a student without control characters, which would move a terminal's cursor, nor commands for a log.

    A line that begins with `::`, or holds `##[`, would be a command to services that run workflows. Rare characters of
    names, which this Python's tables do not know or which are private, stay.
    """

    def kept(char: str) -> bool:
        known = char.isprintable() or unicodedata.category(char) in ("Cn", "Co")
        return known or (newlines and char == "\n")

    text = re.sub(r"\x1b\[[0-9;]{0,20}m", "", text)
    plain = "".join(char if kept(char) else " " for char in text)
    return re.sub(r"^( *):(?=:)", r"\1: ", plain, flags=re.MULTILINE).replace("##[", "## [")


# --- which language ---


def named_language(tag: str) -> str | None:
    """The language of ours that a tag such as zh_TW.UTF-8 or "Chinese (Traditional)_Taiwan.950" names."""
    tag = tag.lower().replace("_", "-")
    if re.match(r"(zh|chinese)\b", tag):
        return None if re.search(r"-cn|-sg|hans|simplified", tag) else "zh-TW"
    return "en" if re.match(r"(en|english|c|posix)\b", tag) else None


_pinned: contextvars.ContextVar[str] = contextvars.ContextVar("language", default="")


@contextlib.contextmanager
def pinned_language(language: str = "") -> Iterator[None]:
    """Inside, the language in force is that of now: it is looked up once for many messages."""
    token = _pinned.set(language or current_language())
    try:
        yield
    finally:
        _pinned.reset(token)


def current_language() -> str:
    """COURSE_LANG, else the folder's language, else the system's; English where that is none of ours."""
    if pinned := _pinned.get():
        return pinned
    for tag in (
        os.environ.get("COURSE_LANG"),
        _folder_language(Path.cwd()),
        *(os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")),
    ):
        if tag:
            return named_language(tag) or "en"
    return named_language(locale.getlocale()[0] or "") or "en"


@cache
def _folder_language(folder: Path) -> str:
    """The language that this folder, or the nearest above it, was made in, from the second line of its .course."""
    for path in (above / ".course" for above in (folder, *folder.parents)):
        # Opening something that is not a file, such as a named pipe, could wait for ever.
        with contextlib.suppress(OSError, ValueError):
            if path.is_file():
                return "".join(path.read_text("utf-8").splitlines()[1:2])
    return ""


def language_argument(tag: str) -> str:
    """The value of --lang. Raises where it is none of our languages."""
    if (language := named_language(tag)) is None:
        names = ", ".join(LANGUAGES)
        raise argparse.ArgumentTypeError(
            tr("{tag}: the available languages are {known}", tag=tag, known=names)
        )
    return language


# --- terminals ---


def silence() -> None:
    """Print no more: the reader of this output, such as `head`, has read enough."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def pad(text: str, width: int) -> str:
    """A text filled up to a width in terminal columns, of which a Chinese character takes two."""
    from rich.cells import cell_len

    return text + " " * (width - cell_len(text))
