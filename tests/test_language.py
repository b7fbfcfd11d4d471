"""繁體中文: nothing that people read is left out, no value is lost, and what a command, a check and a page say is found again."""

import functools
import re
import subprocess
import sys
from pathlib import Path

import catalogue
import polib
import pytest
from rich.cells import cell_len

from course import language
from course.check import inputs, load_checks
from course.compare import Miss, close
from course.language import t
from course.material import EXERCISES, LESSONS, checks_of, lesson_stems, title
from course.store import Mark

PO = language.LOCALE / "zh_TW" / "LC_MESSAGES" / "course.po"
CHINESE = re.compile("[\u4e00-\u9fff]")


@functools.cache
def entries():
    return {entry.msgid: entry for entry in polib.pofile(str(PO))}


def test_the_catalogue_holds_every_text_and_no_other():
    texts = catalogue.texts()
    assert len(texts) > 900
    assert set(texts) == set(entries()), "run python tests/catalogue.py, and translate what it adds"
    assert not [text for text, (values, _) in texts.items() if values != ("python-brace-format" in entries()[text].flags)]


def test_every_text_is_translated_with_its_values():
    for text, entry in entries().items():
        assert entry.msgstr and not entry.fuzzy, text
        assert "\n" not in entry.msgstr, text
        if "python-brace-format" in entry.flags:
            assert set(language.PLACE.findall(text)) == set(language.PLACE.findall(entry.msgstr)), text
        # What has no Chinese in it is code, and stays as it is.
        code = entry.msgstr == text and re.search(r"[(=_@*]|classes$|^\S+$", text)
        assert code or re.search("[\u3000-\u9fff\uff00-\uffef]", entry.msgstr), text


def test_code_and_numbers_of_a_text_stand_in_its_translation():
    for text, entry in entries().items():
        for piece in re.findall(r"`[^`]+`|\b\d+\.\d+\b", text):
            assert piece in entry.msgstr, (text, piece)
        # Inline code must stand apart from what is around it, or a page does not see it.
        around = re.split(r"`[^`]+`", entry.msgstr)
        assert all(re.search(r"(^|[\s（(「：，；。、])$", before) for before in around[:-1]), entry.msgstr
        assert all(re.match(r"($|[\s，。：；、）)」？\-])", behind) for behind in around[1:]), entry.msgstr


@pytest.mark.parametrize(
    ("tag", "own"),
    [
        ("zh_TW.UTF-8", "zh-TW"), ("zh-Hant", "zh-TW"), ("zh_HK", "zh-TW"), ("zh", "zh-TW"), ("Chinese (Traditional)_Taiwan.950", "zh-TW"),
        ("zh_CN.UTF-8", None), ("en_US.UTF-8", "en"), ("C.UTF-8", "en"), ("POSIX", "en"), ("de_DE", None), ("English_United States", "en"),
    ],
)  # fmt: skip
def test_tags_of_systems(tag, own):
    assert language.named(tag) == own


def test_the_language_comes_from_the_course_then_from_the_system(monkeypatch):
    for variable in ("COURSE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    assert language.chosen() == "zh-TW"
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert language.chosen() == "en"
    monkeypatch.setenv("COURSE_LANG", "zh-TW")
    assert language.chosen() == "zh-TW"


def test_texts_with_values_are_found_again():
    with pytest.raises(Miss) as miss:
        close([[1.0, 2.0]], [[1.0, 2.5]])
    assert t(miss.value.why, "zh-TW") == "元素 [0, 1] 是 2，應為 2.5。"
    with pytest.raises(Miss) as miss:
        close([1.0, float("nan")], [1.0, 2.0])
    assert t(miss.value.why, "zh-TW") == "結果：出現 NaN（不是數字），2 個元素中有 1 個，第一個在 [1]。"
    # A sentence within a sentence.
    inner = "Not written yet: write the function, and save the file."
    assert t(f"An earlier check met this first: {inner}", "zh-TW") == "前面的檢查已經先遇到這個問題：還沒有寫：請寫出函式，並且存檔。"
    with pytest.raises(Miss) as miss:
        close([1.0, 2.0], [1.0, 2.5], what="dw")
    assert t(miss.value.why, "zh-TW") == "dw：元素 [1] 是 2，應為 2.5。"
    assert t("What nobody wrote.", "zh-TW") == "What nobody wrote."
    assert t("Not attempted", "en") == "Not attempted"


def test_chinese_flows_over_the_ends_of_lines():
    assert language.flowing("其中有些會，因\n為其中\n`fit`\n\n下一段") == "其中有些會，因為其中\n`fit`\n\n下一段"


def test_long_texts_are_not_searched_for_patterns():
    """A student's own words can hold those of our patterns over and over, which would take long to look through."""
    assert t(f"It gave {'x' * 100}.", "zh-TW") == f"得到{'x' * 100}。"
    long = f"It gave {' is , expected ' * 100}."
    assert t(long, "zh-TW") == long


def test_a_mark_is_spoken_but_what_the_student_wrote_is_not(monkeypatch):
    monkeypatch.setenv("COURSE_LANG", "zh-TW")
    own = {"asked": "f(x)", "line": "3: passed", "error": "ValueError: failed", "printed": "Your code raised an error."}
    mark = Mark("c", "The bias is forgotten.", "failed", 0, 1, 0.1, why="The bias is forgotten.", **own).spoken()
    assert (mark.sentence, mark.why, mark.outcome) == ("忘了偏值。", "忘了偏值。", "failed")
    assert {name: getattr(mark, name) for name in own} == own


@pytest.mark.parametrize("path", [*sorted(EXERCISES.glob("[0-9]*.py")), *sorted(LESSONS.glob("[0-9]*.py"))], ids=lambda path: path.stem)
def test_scripts_keep_their_code(path, monkeypatch):
    import ast

    source = path.read_text("utf-8")
    assert language.script(source) == source
    monkeypatch.setenv("COURSE_LANG", "zh-TW")
    chinese = language.script(source)

    def code(text):
        tree = ast.parse(text)
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.FunctionDef) and ast.get_docstring(node):
                node.body = node.body[1:]
        return ast.dump(tree)

    assert code(chinese) == code(source)
    assert CHINESE.search(title(path)) and CHINESE.search(chinese.splitlines()[0])
    told = {entry.msgstr for entry in entries().values()}
    assert not [text for *_, text in language.paragraphs(chinese) if not CHINESE.search(text) and language.bare(text) not in told]
    assert all(cell_len(line) <= 140 for line in chinese.splitlines())


def test_every_sentence_of_the_checks_is_spoken():
    """Beside the catalogue's own test: the texts as they are when a check file has run, not as they stand in it."""
    for path in sorted(EXERCISES.glob("test_[0-9]*.py")):
        for one in load_checks(path, 1):
            for text in (one.sentence, *one.mistakes):
                assert CHINESE.search(t(text, "zh-TW")), text
            assert not one.hint or one.hint in entries()
    assert inputs() is not None and checks_of("05_losses").exists() and lesson_stems()


def course(*words, cwd=None, **environment):
    import os

    command = [sys.executable, "-m", "course.cli", *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", env=os.environ | environment)


def test_the_command_speaks_chinese(tmp_path):
    done = course("start", "a", "--lang", "zh-TW", cwd=tmp_path)
    assert "下一步：cd a && course list" in done.stdout
    starter = (tmp_path / "a" / "exercises" / "05_losses.py").read_text("utf-8")
    assert "損失" in starter and "raise NotImplementedError" in starter
    listed = course("list", cwd=tmp_path / "a", COURSE_LANG="zh-TW").stdout
    assert "尚未開始" in listed and "Next" not in listed
    assert course("--lang", "zh-TW", "check", "99", cwd=tmp_path / "a").stderr.startswith("course: 不認得的名稱：99。")
    bad = course("list", "--lang", "tlh")
    assert bad.returncode == 2 and "zh-TW" in bad.stderr and "Traceback" not in bad.stderr
    assert "建立一個工作資料夾" in course("--help", COURSE_LANG="zh-TW").stdout


def test_a_check_speaks_chinese(tmp_path):
    solution = (Path(__file__).parent / "solutions" / "05_losses.py").read_text("utf-8")
    wrong = solution + "\n\ndef root_mean_squared_error(y_true, y_pred):\n    return mean_squared_error(y_true, y_pred)\n"
    (tmp_path / "05_losses.py").write_text(wrong, "utf-8")
    done = course("check", "05_losses", "--submission", str(tmp_path), "--hints", "--lang", "zh-TW")
    assert done.returncode == 1
    for text in (
        "root_mean_squared_error 是均方誤差的平方根。",
        "原因      忘了平方根：這是均方誤差。",
        "提示",
        "下一步：course check 05_losses",
    ):
        assert text in done.stdout, done.stdout
