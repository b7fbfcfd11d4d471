"""The texts of lessons and starters: paragraphs of docstrings and comments, texts and translated; code stays as it is."""

import ast
import re

from course.text import Text, current_language, translate

WIDTH = 88
# What a slide said, what that gives today, what to write instead; in either language.
SHOWN_LINE = re.compile(r"^(slide|today|write|投影片|現在|改寫成)(?:: |：)(.*)$", re.MULTILINE)
Paragraph = tuple[int, int, str, str]


def paragraphs(source: str) -> list[Paragraph]:
    """The texts of a script: (first line, line after the last, what each line begins with, the text).

    Lines count from 0. A text is a paragraph of a docstring, or a run of whole-line comments. Lines
    that show code (slide, today, write) are none.
    """
    lines, texts = source.split("\n"), list[Paragraph]()

    def gather(first: int, end: int, mark: str) -> None:
        start = first
        for at in range(first, end + 1):
            words = lines[at].removeprefix(mark.rstrip()).strip() if at < end else ""
            if words in ("", '"""') or SHOWN_LINE.match(words):
                if at > start:
                    text = [line.removeprefix(mark.rstrip()).strip() for line in lines[start:at]]
                    texts.append((start, at, mark, " ".join(text)))
                start = at + 1

    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(
            node
        ):
            text = node.body[0]
            assert text.end_lineno is not None
            gather(text.lineno - 1, text.end_lineno, " " * text.col_offset)
    comment = re.compile(r"(\s*# )(?!%%)")
    at = 0
    while at < len(lines):
        if start := comment.match(lines[at]):
            end, mark = at, start[1].rstrip()
            while end < len(lines) and lines[end].startswith(mark) and lines[end][:4] != "# %%":
                end += 1
            gather(at, end, start[1])
            at = end
        at += 1
    return sorted(texts)


def unquoted(text: str) -> str:
    """A paragraph without the quotes of its docstring."""
    return text.removeprefix('"""').removesuffix('"""').strip()


# Where code holds what people read: on a terminal, and in a figure.
PRINTED = frozenset({"print"})
DRAWN = frozenset({"annotate", "set_title", "set_xlabel", "set_ylabel", "text", "suptitle", "label", "title", "xlabel", "ylabel"})  # fmt: skip
LITERAL = re.compile(r"(f?\")([^\"].*)(\")")
# A label that is kept in a dictionary or a tuple until it is drawn: a string of more than one word.
PHRASE = re.compile("[A-Za-z]{2}[^\\W\\d]*,? [a-z]{2}")
LETTERS = re.compile("[A-Za-z]{2}")
Literal = tuple[int, int, int, str]


def literals(source: str, shown: frozenset[str]) -> list[Literal]:
    """The sentences that functions or arguments of these names are given: (line from 0, first byte, byte after, text).

    Of what is drawn, also the names of lines that `course.drawing` is given, and every string of
    more than one word. An f-string's text holds its fields in braces, as they are written.
    """
    found, lines = set[Literal](), source.encode().split(b"\n")
    for node in ast.walk(ast.parse(source)):
        given = list[ast.AST | None]()
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            given += node.args if name in shown else []
            given += [word.value for word in node.keywords if word.arg in shown]
            if shown is DRAWN and ast.unparse(node.func).startswith("drawing."):
                for argument in node.args:
                    given += argument.keys if isinstance(argument, ast.Dict) else []
                    given += [argument.key] if isinstance(argument, ast.DictComp) else []
        elif shown is DRAWN:
            given.append(node)
        for value in given:
            if not isinstance(value, ast.Constant | ast.JoinedStr) or value.end_lineno is None:
                continue
            if value.end_lineno > value.lineno:
                continue
            start, end = value.col_offset, value.end_col_offset
            written = lines[value.lineno - 1][start:end].decode()
            match = LITERAL.fullmatch(written)
            words = PHRASE if value is node else LETTERS
            if match and words.search(re.sub(r"\{[^}]*\}|\\n", "", match[2])):
                at = start + len(match[1])
                found.add((value.lineno - 1, at, at + len(match[2].encode()), match[2]))
    return sorted(found)


def worded(source: str, shown: frozenset[str]) -> str:
    """A lesson with such sentences in the language in force."""
    if current_language() == "en":
        return source
    lines = source.encode().split(b"\n")
    for line, start, end, text in reversed(literals(source, shown)):
        words = translate(Text(text)).encode()
        lines[line] = lines[line][:start] + words + lines[line][end:]
    return b"\n".join(lines).decode()


def translated(source: str) -> str:
    """A lesson or a starter with its texts, and what it prints, in the language in force."""
    if current_language() == "en":
        return source
    source = worded(source, PRINTED)
    lines = source.split("\n")
    for first, end, mark, text in reversed(paragraphs(source)):
        words = unquoted(text)
        if not words or (translation := translate(Text(words)).strip()) == words:
            continue
        translation = text.replace(words, translation)
        # Chinese has no spaces to break a line at, and takes two columns a character.
        lines[first:end] = [mark + line for line in wrap(translation, WIDTH - len(mark))]
    return re.sub(r"(?m)^# (slide|today|write): ", lambda m: f"# {label(m[1])}", "\n".join(lines))


SIGNS = r"\u3000-\u9fff\uff00-\uffef"
# A line may end at a space, or after a Chinese sign and the punctuation that belongs to it; not behind an opening bracket.
MARK = r"[\u3001-\u3003\u3008-\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]"
CLOSING = r"[\u3001-\u3003\u3009-\u3011\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f]*"
OPENING = r"[\u3008\u300a\u300c\u300e\uff08]*"
PIECE = re.compile(rf"\s*{OPENING}(?:[^\s{SIGNS}]+|[{SIGNS}]){CLOSING}")


def unwrap(text: str) -> str:
    """A text without the line ends between Chinese signs or after Chinese punctuation, where a page would put a space."""
    return re.sub(rf"(?<=[{SIGNS}])\n(?=[{SIGNS}])|(?<={MARK})\n(?=[A-Za-z0-9`(])", "", text)


def wrap(text: str, width: int) -> list[str]:
    """A text in lines of at most so many terminal columns."""
    from rich.cells import cell_len

    lines, line = [], ""
    for piece in PIECE.findall(text):
        if line and cell_len(line + piece) > width:
            lines.append(line)
            line, piece = "", piece.lstrip()
        line += piece
    return [*lines, line] if line else lines


def label(name: str) -> str:
    """What a shown line begins with, in the language in force."""
    return f"{translate(Text(name))}{'：' if current_language() == 'zh-TW' else ': '}"


def cells(text: str) -> list[tuple[str, str, int]]:
    """The cells of a lesson: the leading comment as Markdown, the code, and the code's first line."""
    pieces, line = [], 1
    for cell in re.split(r"^# %%\n", text, flags=re.MULTILINE):
        lines = cell.splitlines()
        comments = (at for at, text in enumerate(lines) if not text.startswith("#"))
        length = next(comments, len(lines))
        words = "\n".join(text[1:].removeprefix(" ") for text in lines[:length])
        # Lines that show what a slide said, what that gives today and what to write stay apart.
        words = SHOWN_LINE.sub(lambda s: f"- {label(s[1])}`` {s[2]} ``", words)
        pieces.append((unwrap(words), "\n".join(lines[length:]), line + length))
        line += len(lines) + 1
    return pieces


# The paragraph that answers a cell's question, in either language; the last one of its text.
ANSWER = re.compile(r"^(?:Answer: |答案：)", re.MULTILINE)


def parted(words: str) -> tuple[str, str]:
    """A cell's text with its question, and the answer, or nothing where it asks nothing."""
    match = ANSWER.search(words)
    return (words[: match.start()], words[match.start() :]) if match else (words, "")


def pieces(text: str) -> list[tuple[str, str]]:
    """The cells of a lesson; of a starter, which has none, each of its functions: the comment, and the code."""
    if "# %%" in text:
        return [(comment, code) for comment, code, _ in cells(text)[1:]]
    body = text.split('"""\n', 1)[1]
    return [("", code) for code in re.split(r"\n\n\n(?=def )", body)]
