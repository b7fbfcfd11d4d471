"""All that people read, gathered from the sources: `python tests/catalogue.py` puts what is new into the catalogues, untranslated.

A text is what stands where a text must stand: a check's sentence, its mistakes and hints, what a command prints or raises, a paragraph
of a lesson or of a starter. What no longer stands in any source is dropped.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

from course import language

ROOT = Path(__file__).parent.parent
# Whose arguments people read: all of them, or the one at this place.
SPEAKERS = {
    "t": 0, "say": 0, "Wrong": 0, "NoSubmission": 0, "Unfit": 0, "StoreError": 0, "NoExport": 0, "ArgumentTypeError": 0,
    "Trouble": 1, "Miss": (0, 2, 3), "require": (1, 3), "Outcome": 2,
}  # fmt: skip
READ_KEYWORDS = {"hint", "why", "note"}
READ_NAMES = {"why", "sentence", "hint", "wish", "came", "where", "place", "state", "notice", "output"}
# Labels of what `course.check.report` gives, beside those in FIELDS; what `course.compare.close` speaks of unless told; a lesson's own.
LABELS = ("why", "hint", "It", "begun", "slide", "today", "write")
# What sphinx-gallery and pages.py write into the pages of lessons in English, for Sphinx to translate.
GALLERY = (
    "Lessons",
    "Each lesson works a slide's numbers out by hand, asks Keras, and asserts that both agree.",
    "Download Jupyter notebook",
    "Download Python source code",
    "Download zipped",
)


def texts() -> dict[str, tuple[bool, list[str]]]:
    """Text → whether it holds values, and the files that it stands in."""
    found: dict[str, tuple[bool, list[str]]] = {}

    def add(text: str, values: bool, path: Path) -> None:
        if re.search(r"[A-Za-z]{2}", language.PLACE.sub("", text) if values else text):
            place = str(path.relative_to(ROOT))
            if place not in found.setdefault(text, (values, []))[1]:
                found[text][1].append(place)

    for label in LABELS:
        add(label, False, ROOT / "course" / "check.py")
    # What verify says is for authors, in English.
    own = [path for path in sorted((ROOT / "course").glob("*.py")) if path.stem != "verify"]
    for path in [*own, ROOT / "docs" / "pages.py", *sorted((ROOT / "exercises").glob("test_*.py"))]:
        for text, values in spoken(ast.parse(path.read_text("utf-8"))):
            add(text, values, path)
    for text, path in ((text, ROOT / "docs" / "pages.py") for text in GALLERY):
        add(text, False, path)
    for path in sorted((ROOT / "course" / "templates").glob("*.html")):
        for _, text in re.findall(r"""\bt\((["'])(.+?)\1\)""", path.read_text("utf-8")):
            add(text, False, path)
    for path in [*sorted((ROOT / "exercises").glob("[0-9]*.py")), *sorted((ROOT / "lessons").glob("[0-9]*.py"))]:
        for *_, text in language.paragraphs(path.read_text("utf-8")):
            add(language.bare(text), False, path)
    return found


def spoken(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """The texts of a module, each with whether it holds values."""
    for node in ast.walk(tree):
        match node:
            case ast.Call():
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                places = SPEAKERS.get(name, ())
                for place in places if isinstance(places, tuple) else (places,):
                    found = strings(node.args[place]) if place < len(node.args) else ()
                    # What came and what was expected are often code: only what has words is a text.
                    yield from (one for one in found if place < 2 or " " in one[0].strip())
                for keyword in node.keywords:
                    if keyword.arg in READ_KEYWORDS:
                        yield from strings(keyword.value)
                    elif keyword.arg == "mistakes":
                        yield from keys(keyword.value)
            case ast.FunctionDef() if any(getattr(getattr(d, "func", None), "id", "") == "check" for d in node.decorator_list):
                yield " ".join((ast.get_docstring(node) or "").split()), False
            case ast.Dict():
                # Wherever sentences for known wrong answers stand.
                yield from (one for one in keys(node) if one[0].endswith((".", "?")))
            case ast.Return(value=ast.JoinedStr() | ast.Constant(value=str())):
                assert node.value is not None
                yield from (one for one in strings(node.value) if re.search(r"[a-z]{3}.* ", one[0]) and "\n" not in one[0])
            case ast.AnnAssign(target=ast.Name(id="SENTENCES"), value=ast.Tuple(elts=pairs)):
                for pair in pairs:
                    assert isinstance(pair, ast.Tuple)
                    yield from ((text, "{" in text) for text, _ in strings(pair.elts[1]))
            case ast.Assign(targets=[ast.Name(id="KEYS")], value=ast.Dict(values=words)):
                for word in words:
                    yield from strings(word)
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)) if not getattr(names[0], "id", "").isupper():
                for one, value in zip(names, values, strict=True):
                    if getattr(one, "id", "") in READ_NAMES:
                        yield from strings(value)
            case ast.Assign(targets=[ast.Tuple(elts=[ast.Name(id=name), *_])]) if name.isupper():
                yield from (one for one in strings(node.value) if one[0].islower())
            case ast.Assign(targets=[ast.Name(id=name)]) if name.isupper():
                yield from keys(node.value)
                if name == "FIELDS" or isinstance(node.value, ast.Constant):
                    yield from (one for one in strings(node.value) if "\n" not in one[0] and "\\u" not in one[0])
            case ast.Assign(targets=[ast.Name(id=name) | ast.Attribute(attr=name)]) if name in READ_NAMES:
                yield from strings(node.value)


def keys(value: ast.expr) -> Iterator[tuple[str, bool]]:
    """The sentences that stand as a dict's keys."""
    if isinstance(value, ast.BinOp):
        yield from keys(value.left)
        yield from keys(value.right)
    for key in value.keys if isinstance(value, ast.Dict) else ():
        if key is not None:
            yield from (one for one in strings(key) if " " in one[0])


def strings(value: ast.expr) -> Iterator[tuple[str, bool]]:
    """The texts of an expression, an f-string with a name for each of its values."""
    match value:
        case ast.Constant(value=str() as text):
            yield text, False
        case ast.JoinedStr():
            yield joined(value), any(isinstance(part, ast.FormattedValue) for part in value.values)
            for part in value.values:
                if isinstance(part, ast.FormattedValue):
                    yield from strings(part.value)
        case ast.IfExp():
            yield from strings(value.body)
            yield from strings(value.orelse)
        case ast.BoolOp():
            for one in value.values:
                yield from strings(one)
        case ast.BinOp(op=ast.Add()):
            yield from strings(value.left)
            yield from strings(value.right)
        case ast.Tuple() | ast.List():
            for one in value.elts:
                yield from strings(one)


def joined(text: ast.JoinedStr) -> str:
    """An f-string as a text with a name for each value: the last name in the value's expression, or its number."""
    out, taken = "", set[str]()
    for part in text.values:
        if isinstance(part, ast.Constant):
            out += str(part.value)
            continue
        assert isinstance(part, ast.FormattedValue)
        match part.value:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                pass
            case _:
                name = "value"
        name = name if name not in taken else f"{name}{len(taken)}"
        taken.add(name)
        out += f"{{{name}}}"
    return out


def main() -> None:
    current = texts()
    for tag in language.LANGUAGES[1:]:
        path = language.LOCALE / tag.replace("-", "_") / "LC_MESSAGES" / "course.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        old = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))} if path.exists() else {}
        new = polib.POFile(wrapwidth=0)
        new.metadata = {"Language": tag.replace("-", "_"), "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit"}
        for text, (values, places) in current.items():
            flags = ["python-brace-format"] if values else []
            new.append(polib.POEntry(msgid=text, msgstr=old.get(text, ""), flags=flags, occurrences=[(place, "") for place in places]))
        new.save(str(path))
        print(f"{tag}: {len(new)} texts, {len(new.untranslated_entries())} to translate, {len(set(old) - set(current))} dropped: {path}")


if __name__ == "__main__":
    sys.exit(main())
