"""The language that people are spoken to in. Sources are English, and a text is translated where it is shown.

The catalogue is gettext's: locale/<language>/LC_MESSAGES/course.po. An f-string stands in it with names for its values, under the flag
python-brace-format, and is found again by its pattern. So checks, workers, clusters and stores know English only, and the marks of a
class can be read in any language.
"""

import argparse
import ast
import locale
import os
import re
import sys
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("en", "zh-TW")
PLACE = re.compile(r"\{(\w*)\}")
WIDTH, LONGEST = 120, 600


def named(tag: str) -> str | None:
    """The language of ours that a tag such as zh_TW.UTF-8, zh-Hant or "Chinese (Traditional)_Taiwan.950" names, or None."""
    tag = tag.lower().replace("_", "-")
    if re.match(r"(zh|chinese)\b", tag):
        return None if re.search(r"-cn|-sg|hans|simplified", tag) else "zh-TW"
    return "en" if re.match(r"(en|english|c|posix)\b", tag) else None


def chosen() -> str:
    """The language in force: COURSE_LANG, else that of the folder, else the system's; English where that is none of ours."""
    for tag in (
        os.environ.get("COURSE_LANG"),
        _of_folder(os.getcwd()),
        *(os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")),
    ):
        if tag:
            return named(tag) or "en"
    return named(locale.getlocale()[0] or "") or "en"


@cache
def _of_folder(folder: str) -> str:
    """The language that a folder was made in, from the second line of its .course."""
    path = Path(folder, ".course")
    try:
        # Opening what is no file, a named pipe say, could wait for ever.
        return "".join(path.read_text("utf-8").splitlines()[1:2]) if path.is_file() else ""
    except (OSError, ValueError):
        return ""


def argument(tag: str) -> str:
    """The value of --lang. Raises where it is no language of ours."""
    if (own := named(tag)) is None:
        raise argparse.ArgumentTypeError(f"{tag}: known are {', '.join(LANGUAGES)}")
    return own


@cache
def catalogue(language: str) -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """The whole texts of a language, and the patterns of those with values, the most telling first."""
    path = LOCALE / language.replace("-", "_") / "LC_MESSAGES" / "course.po"
    if not path.exists():
        return {}, []
    import polib

    entries = polib.pofile(str(path)).translated_entries()
    with_values = [entry for entry in entries if "python-brace-format" in entry.flags]
    with_values.sort(key=lambda entry: -len(PLACE.sub("", entry.msgid)))
    return (
        {entry.msgid: entry.msgstr for entry in entries if "python-brace-format" not in entry.flags},
        [(_pattern(entry.msgid), entry.msgstr) for entry in with_values],
    )


def _pattern(text: str) -> re.Pattern[str]:
    """A text with values as the pattern of what it becomes."""
    parts = PLACE.split(text)
    return re.compile("".join(f"(?P<v_{part}>.*?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)), re.DOTALL)


def t(text: str, language: str | None = None) -> str:
    """A text in the language in force, the values in it too where they are texts of ours; as it is where it has no translation."""
    language = language or chosen()
    whole, with_values = catalogue(language)
    # What is longer is a table or the student's own, and looking for patterns in it could take long.
    if text in whole or not with_values or len(text) > LONGEST or not re.search("[A-Za-z]{2}", text):
        return whole.get(text, text)
    for pattern, translation in with_values:
        if found := pattern.fullmatch(text):
            return PLACE.sub(lambda place, values=found: _value(values[f"v_{place[1]}"], language), translation)  # type: ignore[misc]
    return text


def _value(text: str, language: str) -> str:
    """A value in a text: another text of ours, or a name, which is the student's or Keras's own and stays as it is."""
    return t(text, language) if " " in text or text == "It" else text


def say(text: str, **how: object) -> None:
    """Print a text in the language in force."""
    print(t(text), **how)  # type: ignore[call-overload]


def hush() -> None:
    """Print no more: whoever read this, as `head` does, has read enough."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def pad(text: str, width: int) -> str:
    """A text filled up to a width in terminal columns, of which a Chinese character takes two."""
    from rich.cells import cell_len

    return text + " " * (width - cell_len(text))


# --- scripts: lessons and starters ---

# What a slide said, what that gives today, what to write instead.
SHOWN_LINE = re.compile(r"^(slide|today|write): (.*)$", re.MULTILINE)


def paragraphs(source: str) -> list[tuple[int, int, str, str]]:
    """The texts of a script, paragraph by paragraph: (first line, line behind the last, what each line begins with, the text).

    Lines count from 0. A text is a paragraph of a docstring, or a run of whole-line comments. Lines that show code (slide, today,
    write) are none.
    """
    lines, found = source.split("\n"), list[tuple[int, int, str, str]]()

    def gather(first: int, behind: int, mark: str) -> None:
        start = first
        for at in range(first, behind + 1):
            words = lines[at].removeprefix(mark.rstrip()).strip() if at < behind else ""
            if words in ("", '"""') or SHOWN_LINE.match(words):
                if at > start:
                    text = " ".join(line.removeprefix(mark.rstrip()).strip() for line in lines[start:at])
                    found.append((start, at, mark, text))
                start = at + 1

    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            text = node.body[0]
            assert text.end_lineno is not None
            gather(text.lineno - 1, text.end_lineno, " " * text.col_offset)
    comment = re.compile(r"(\s*# )(?!%%)")
    at = 0
    while at < len(lines):
        if start := comment.match(lines[at]):
            end = at
            while end < len(lines) and lines[end].startswith(start[1].rstrip()) and not lines[end].startswith("# %%"):
                end += 1
            gather(at, end, start[1])
            at = end
        at += 1
    return sorted(found)


def bare(text: str) -> str:
    """A paragraph without the quotes of its docstring."""
    return text.removeprefix('"""').removesuffix('"""').strip()


def script(source: str) -> str:
    """A lesson or a starter with its texts in the language in force; its code stays as it is."""
    if chosen() == "en":
        return source
    lines = source.split("\n")
    for first, behind, mark, text in reversed(paragraphs(source)):
        if not (own := bare(text)) or (translation := t(own)) == own:
            continue
        translation = text.replace(own, translation)
        # Chinese has no spaces to break a line at, and takes two columns a character.
        lines[first:behind] = [mark + line for line in wrapped(translation, WIDTH - len(mark))]
    return "\n".join(lines)


SIGNS = r"\u3000-\u9fff\uff00-\uffef"
# Where a line may end: at a space, or behind a Chinese sign and the punctuation that belongs to it.
CLOSING = r"[\u3001-\u3003\u3009-\u3011\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f]*"
PIECE = re.compile(rf"\s*(?:[^\s{SIGNS}]+|[{SIGNS}]){CLOSING}")


def flowing(text: str) -> str:
    """A text without the line ends between Chinese signs, where a page would put a space."""
    return re.sub(rf"(?<=[{SIGNS}])\n(?=[{SIGNS}])", "", text)


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most so many columns."""
    from rich.cells import cell_len

    lines, line = [], ""
    for piece in PIECE.findall(text):
        if line and cell_len(line + piece) > width:
            lines.append(line)
            line, piece = "", piece.lstrip()
        line += piece
    return [*lines, line] if line else lines
