"""繁體中文: nothing that people read is left out, no value is lost, and messages are put into words where they are shown."""

import ast
import functools
import pickle
import re
import string

import catalogue
import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from rich.cells import cell_len

from course import script, text
from course.checks import Miss, close, describe
from course.checks.check import load_checks
from course.checks.mark import Mark, Outcome, lines
from course.paths import EXERCISES, LESSONS, title
from course.text import Text, dump, load, translate, truncate

PO = text.LOCALE / "zh_TW" / "LC_MESSAGES" / "course.po"
CHINESE = re.compile("[\u4e00-\u9fff]")


@functools.cache
def entries():
    with PO.open("rb") as stream:
        return {message.id: message.string for message in read_po(stream) if message.id}


def fields(template):
    """The names of a template's values; a text without values may hold any braces."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
    except ValueError:
        return set()


def test_the_catalogue_holds_every_text_and_no_other():
    texts = catalogue.texts()
    assert len(texts) > 900
    assert set(texts) == set(entries()), "run python tests/catalogue.py, and translate what it adds"


def test_the_compiled_catalogue_is_that_of_the_source():
    with PO.with_suffix(".mo").open("rb") as stream:
        compiled = {message.id: message.string for message in read_mo(stream) if message.id}
    assert compiled == entries(), "run python tests/catalogue.py, or pip install -e . again"


def test_every_text_is_translated_with_its_values():
    for message, chinese in entries().items():
        assert chinese, message
        assert "\n" not in chinese, message
        assert fields(message) == fields(chinese), message
        # What has no Chinese in it is code, and stays as it is.
        code = chinese == message and re.search(r"[(=_@*.]|classes$|^\S+$", message)
        assert code or re.search("[\u3000-\u9fff\uff00-\uffef]", chinese), message


def test_code_and_numbers_of_a_text_stand_in_its_translation():
    for message, chinese in entries().items():
        for piece in re.findall(r"`[^`]+`|\b\d+\.\d+\b", message):
            assert piece in chinese, (message, piece)
        # Inline code must stand apart from what is around it, or a page does not see it.
        around = re.split(r"`[^`]+`", chinese)
        assert all(re.search(r"(^|[\s（(「：，；。、])$", before) for before in around[:-1]), (
            chinese
        )
        assert all(re.match(r"($|[\s，。：；、）)」？\-])", after) for after in around[1:]), chinese


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh_TW.UTF-8", "zh-TW"), ("zh-Hant", "zh-TW"), ("zh_HK", "zh-TW"), ("zh", "zh-TW"),
        ("Chinese (Traditional)_Taiwan.950", "zh-TW"), ("zh_CN.UTF-8", None), ("en_US.UTF-8", "en"),
        ("C.UTF-8", "en"), ("POSIX", "en"), ("de_DE", None), ("English_United States", "en"),
    ],
)  # fmt: skip
def test_tags_of_systems(tag, language):
    assert text.named_language(tag) == language


def test_the_language_comes_from_the_course_then_from_the_system(monkeypatch):
    for variable in ("COURSE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    assert text.current_language() == "zh-TW"
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert text.current_language() == "en"
    monkeypatch.setenv("COURSE_LANG", "zh-TW")
    assert text.current_language() == "zh-TW"


def why(answer, expected, **how):
    with pytest.raises(Miss) as miss:
        close(answer, expected, **how)
    return miss.value.why


@pytest.mark.parametrize(
    ("message", "chinese"),
    [
        (lambda: why([[1.0, 2.0]], [[1.0, 2.5]]), "元素 [0, 1] 是 2，應為 2.5。"),
        (lambda: why([1.0, 2.0], [1.0, 2.5], what="dw"), "dw：元素 [1] 是 2，應為 2.5。"),
    ],
)  # fmt: skip
def test_a_message_with_values(message, chinese):
    assert translate(message(), "zh-TW") == chinese


def test_a_message_within_a_message():
    inner = Text("Not written yet: write the function, and save the file.")
    outer = Text("The worker did not start: {error}", error=inner)
    assert CHINESE.search(translate(outer, "zh-TW").split("：", 1)[1])


def test_a_message_of_any_length_is_translated():
    long = Text("The entry {name} is missing.", name="x" * 5_000)
    assert CHINESE.search(translate(long, "zh-TW"))


def test_a_students_words_are_not_translated():
    assert translate("Your code raised an error.", "zh-TW") == "Your code raised an error."
    assert translate(Text("It gave {value}.", value="failed"), "en").count("failed") == 1


def test_a_text_survives_pickle_and_json():
    message = Text(
        "{place}: {units} units, expected {units1}.", place=Text("It"), units=1, units1=2
    )
    for copy in (pickle.loads(pickle.dumps(message)), load(dump(message))):
        assert copy == message
        assert translate(copy, "zh-TW") == translate(message, "zh-TW")


def test_a_cut_text_keeps_its_template():
    short = truncate(Text("The entry {name} is missing.", name="x" * 5_000), 100)
    assert len(short) < 150 and CHINESE.search(translate(short, "zh-TW"))


def test_braces_of_values_are_no_fields():
    assert Text("The entry {name} is missing.", name="{x}") == "The entry {x} is missing."
    assert Text("write {…}") == "write {…}"


def test_chinese_flows_over_the_ends_of_lines():
    flowing = script.unwrap("其中有些會，因\n為其中\n`fit`\n\n下一段")
    assert flowing == "其中有些會，因為其中\n`fit`\n\n下一段"


def test_a_mark_is_spoken_but_what_the_student_wrote_is_not(monkeypatch):
    monkeypatch.setenv("COURSE_LANG", "zh-TW")
    student = {"asked": "f(x)", "line": "line 3: passed", "error": "ValueError: failed"}
    raised = Text("Your code raised an error.")
    mark = Mark("c", Text("A."), Outcome.FAILED, 0, 1, why=raised, came=describe(1.5), **student)
    labels, texts = zip(*lines(mark), strict=True)
    assert texts[:4] == ("f(x)", "line 3: passed", "ValueError: failed", "1.5")
    assert all(CHINESE.search(label) for label in labels) and CHINESE.search(texts[4])


@pytest.mark.parametrize(
    "path",
    [*sorted(EXERCISES.glob("[0-9]*.py")), *sorted(LESSONS.glob("[0-9]*.py"))],
    ids=lambda path: path.stem,
)
def test_scripts_keep_their_code(path, monkeypatch):
    source = path.read_text("utf-8")
    assert script.translated(source) == source
    monkeypatch.setenv("COURSE_LANG", "zh-TW")
    chinese = script.translated(source)

    def code(source):
        tree = ast.parse(source)
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(
                node
            ):
                node.body = node.body[1:]
        return ast.dump(tree)

    def silent(source):
        """Without what it prints, which is translated."""
        lines = source.encode().split(b"\n")
        for line, start, end, _ in reversed(script.literals(source, script.PRINTED)):
            lines[line] = lines[line][:start] + lines[line][end:]
        return b"\n".join(lines).decode()

    # A Chinese sentence has no Latin letters to be found by.
    monkeypatch.setattr(script, "LETTERS", re.compile(""))
    assert code(silent(chinese)) == code(silent(source))
    assert CHINESE.search(title(path)) and CHINESE.search(chinese.splitlines()[0])
    texts = [script.unquoted(words) for *_, words in script.paragraphs(chinese)]
    assert not [
        words for words in texts if not CHINESE.search(words) and words not in entries().values()
    ]
    assert all(cell_len(line) <= 140 for line in chinese.splitlines())


def test_every_sentence_of_the_checks_is_spoken():
    """Beside the catalogue's test: the texts as they are when a check file has run, not as they are in it."""
    for path in sorted(EXERCISES.glob("test_[0-9]*.py")):
        for check in load_checks(path, 1):
            for message in (check.sentence, *map(Text, check.mistakes)):
                assert CHINESE.search(translate(message, "zh-TW")), message
            steps = check.hint.values.values() or [check.hint]
            assert not check.hint or all(step in entries() for step in steps)
