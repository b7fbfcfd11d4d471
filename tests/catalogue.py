"""All that people read, gathered by Babel: `python tests/catalogue.py` puts what is new into the catalogues, untranslated.

Templates are found where they are written, by the functions that take them; the sentences, hints and
mistakes of the checks by loading the check files; the paragraphs of lessons and starters by reading
them. What is no longer in any source is dropped.
"""

import ast
import contextlib
import re
import sys
import tomllib
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from course import script, text
from course.checks.check import load_checks
from course.checks.mark import LABELS, Outcome
from course.wall.message import UNFIT

ROOT = Path(__file__).parent.parent
# The functions that take a template, and at which place; `expected` may be a plain string too.
FIRST = (
    "Text", "tr", "say", "complain", "UsageError", "SubmissionError", "StoreError", "ExportError",
    "Miss", "miss", "_over", "_fault", "t", "Intake",
)  # fmt: skip
KEYWORDS = [{**dict.fromkeys(FIRST), "require": (2,)}, {"Miss": (4,), "require": (4,)}]
# Words that are chosen while the program runs.
WORDS = (*LABELS.values(), *Outcome, "done", "begun", "not begun", "slide", "today", "write")
# What argparse says.
ARGPARSE = (
    "usage: ", "positional arguments", "options", "show this help message and exit",
    "show program's version number and exit",
    "the following arguments are required: %s", "unrecognized arguments: %s", "expected one argument",
    "expected at least one argument", "argument %(argument_name)s: %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)", "invalid %(type)s value: %(value)r",
)  # fmt: skip
# What sphinx-gallery and pages.py write into the pages of lessons in English, for Sphinx to translate.
GALLERY = (
    "Lessons",
    "Each lesson works out a slide's numbers by hand, computes them with Keras, and checks that both agree.",
    "Download Jupyter notebook",
    "Download Python source code",
    "Download zipped",
)


def texts() -> dict[str, list[str]]:
    """Template → the files that it is in."""
    found: dict[str, list[str]] = {}
    for message, path in _texts():
        # A single sign or a formula has nothing to translate.
        if re.search(r"[A-Za-z]{2}", re.sub(r"\{\w*\}", "", message)):
            place = path.relative_to(ROOT).as_posix()
            if place not in found.setdefault(message, []):
                found[message].append(place)
    return found


def _texts() -> Iterator[tuple[str, Path]]:
    checks = sorted((ROOT / "exercises").glob("test_*.py"))
    scripts = [
        p
        for name in ("exercises", "lessons", "tests/solutions")
        for p in sorted((ROOT / name).glob("[0-9]*.py"))
    ]
    # What verify says is for authors, in English.
    package = [p for p in sorted((ROOT / "course").rglob("*.py")) if p.stem != "verify"]
    for path in [*package, ROOT / "docs" / "pages.py", *checks]:
        yield from ((message, path) for message in _templates(path.read_bytes()))
    for word in (*WORDS, *ARGPARSE):
        yield word, ROOT / "course" / "checks" / "mark.py"
    for sentence in UNFIT.values():
        yield sentence, ROOT / "course" / "wall" / "message.py"
    errors = ROOT / "course" / "data" / "errors.toml"
    for entry in tomllib.loads(errors.read_text("utf-8"))["error"]:
        yield entry["sentence"], errors
    for path in checks:
        for check in load_checks(path, 1):
            hints = check.hint.values.values() or [check.hint]
            sentences = [check.sentence, *hints, *check.mistakes]
            yield from ((sentence, path) for sentence in sentences if sentence)
    for path in sorted((ROOT / "course" / "data" / "templates").glob("*.html")):
        calls = re.findall(r"""\bt\((["'])(.+?)\1\)""", path.read_text("utf-8"))
        yield from ((message, path) for _, message in calls)
    for path in scripts:
        for *_, words in script.paragraphs(path.read_text("utf-8")):
            yield script.unquoted(words), path
        for shown in (script.PRINTED, *([script.DRAWN] if path.parent.name == "lessons" else [])):
            for *_, words in script.literals(path.read_text("utf-8"), shown):
                yield words, path
    yield from ((message, ROOT / "docs" / "pages.py") for message in GALLERY)


def _templates(source: bytes) -> Iterator[str]:
    for keywords in KEYWORDS:
        # Babel warns of each f-string among the arguments; the test of literals finds those that matter.
        with contextlib.redirect_stderr(StringIO()):
            found = list(extract("python", BytesIO(source), keywords=keywords))
        for _, message, _, _ in found:
            yield message if isinstance(message, str) else message[0]


def computed_templates(path: Path) -> Iterator[tuple[int, str]]:
    """Templates that are put together while the program runs, where nobody finds them: line and expression."""
    places = {**dict.fromkeys(FIRST, 0), "require": 1}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            place = places.get(getattr(node.func, "id", ""), len(node.args))
            for argument in node.args[place : place + 1]:
                if isinstance(argument, ast.JoinedStr | ast.BinOp):
                    yield node.lineno, ast.unparse(argument)


def main() -> None:
    current = texts()
    for tag in text.LANGUAGES[1:]:
        locale = tag.replace("-", "_")
        path = text.LOCALE / locale / "LC_MESSAGES" / "course.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        old = {m.id: m.string for m in read_po(path.open("rb"))} if path.exists() else {}
        new = Catalog(locale=locale, project="keras-course", header_comment="", fuzzy=False)
        for message, places in current.items():
            new.add(message, old.get(message, ""), locations=[(place, None) for place in places])
        with path.open("wb") as stream:
            write_po(stream, new, width=0, include_lineno=False)
        with path.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, new)
        missing = [message for message in current if not old.get(message)]
        dropped = set(old) - set(current) - {""}
        told = f"{len(current)} texts, {len(missing)} to translate, {len(dropped)} dropped"
        print(f"{tag}: {told}: {path}")


if __name__ == "__main__":
    sys.exit(main())
