"""The report: what it counts, that nothing hostile comes alive in it, and how it looks to a real browser."""

import re
import shutil

import pytest

from course.checks.mark import Mark, Outcome
from course.classroom import report
from course.classroom.book import Book
from course.classroom.store import Attempt, Store
from course.paths import exercise_stems

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'
STEMS = exercise_stems()


def mark(check, outcome, points, why="", seconds=0.5):
    return Mark(
        check,
        f"{check} holds.",
        Outcome(outcome),
        points,
        2.0,
        seconds,
        why=why,
        came=HOSTILE,
        printed=HOSTILE,
    )


@pytest.fixture
def out(tmp_path):
    """A class of thirty: some right, some wrong in the same way, one whose name and messages are hostile."""
    store = Store(tmp_path / "attempts.sqlite")
    for number in range(29):
        name = f"學生 {number}" if number % 2 else f"student {number}"
        wrong = (
            mark("test_a", "failed", 0.0, "The square root is forgotten.")
            if number < 7
            else mark("test_a", "passed", 2.0)
        )
        store.add(
            Attempt(
                name, "05_losses", "d", 1, [wrong, mark("test_b", "passed", 2.0)], seconds=number
            )
        )
        store.add(
            Attempt(
                name,
                "04_sequential_model",
                "d",
                1,
                [mark("test_c", "not attempted", 0.0, "It is missing.", 0.0)],
            )
        )
    store.add(
        Attempt(HOSTILE, "05_losses", "d", 1, [mark("test_a", "grader failed", 0.0, HOSTILE)])
    )
    report.write(tmp_path, Book(store))
    return tmp_path


def test_it_counts(out):
    text = re.sub(r"<[^>]+>|\s+", " ", (out / "report.html").read_text("utf-8"))
    text = re.sub(r" +", " ", text)
    assert "30 students" in text and "7 The square root is forgotten. student 0" in text
    assert "test_a holds. 22 / 30" in text and "1 grader failures" in text
    assert "學生 1 2 / 6" in text and "student 28 4 / 6" in text
    assert len(list((out / "students").glob("*.html"))) == 30 and not list(out.rglob("*.part"))


def test_nothing_hostile_comes_alive(out):
    for page in (out / "report.html", out / "students" / report.page(HOSTILE)):
        text = page.read_text("utf-8")
        # The report's own script is there once, and named by its hash in the page's policy.
        own = text.count("<script")
        assert own == text.count("script-src 'sha256-") == (page.parent == out)
        assert "<img" not in text and "&lt;script&gt;" in text


@pytest.mark.skipif(shutil.which("chromium") is None, reason="wants Chromium on the path")
def test_students_are_found_and_sorted(out):
    from playwright.sync_api import sync_playwright

    shown = "[...document.querySelectorAll('table.students tbody tr')].filter(r => !r.hidden)"
    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = chromium.new_page()
        page.goto((out / "report.html").as_uri())
        page.fill("#find", "學生 1")
        names = page.evaluate(f"{shown}.map(r => r.cells[0].textContent)")
        assert names and all(name.startswith("學生 1") for name in names)
        page.fill("#find", "")
        page.click("table.students th:nth-child(2) button")
        points = page.evaluate(f"{shown}.map(r => Number(r.cells[1].dataset.value))")
        assert points == sorted(points, reverse=True) and len(points) == 30
        chromium.close()


@pytest.mark.skipif(shutil.which("chromium") is None, reason="wants Chromium on the path")
@pytest.mark.parametrize("width", [1100, 400])
def test_it_works_in_a_browser(out, width):
    """No error, every link leads somewhere, no sideways scrolling, reachable by keyboard, no request but for files."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        tab = browser.new_page(viewport={"width": width, "height": 800})
        said, asked = [], []
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.on("dialog", lambda dialog: said.append(dialog.message))
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto((out / "report.html").as_uri())
        links = tab.eval_on_selector_all("a", "all => all.map(a => a.href)")
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.className") == "skip"
        for link in sorted({link.partition("#")[0] for link in links}):
            assert tab.goto(link).ok or link.startswith("file:")
            assert tab.title() and tab.evaluate("document.documentElement.scrollWidth") <= width
        anchors = {link.partition("#")[2] for link in links if "#" in link}
        tab.goto((out / "report.html").as_uri())
        assert all(tab.query_selector(f"#{anchor}") for anchor in anchors)
        assert said == [] and all(url.startswith(("file:", "data:")) for url in asked)
        browser.close()
