"""The web site, built with two of its lessons run: its links, and how it stands in a real browser, in both languages."""

import html.parser
import re
import shutil
import subprocess
import sys
import urllib.parse
from pathlib import Path

import pytest
from PIL import Image

from course.paths import exercise_stems, lesson_stems

ROOT = Path(__file__).parent.parent
OURS = (
    "*.py",
    "architecture.rst",
    "deadline.rst",
    "api.rst",
    "teaching.rst",
    "authoring.rst",
    "_static",
    "_templates",
    "locale",
    "pictures",
)
CHINESE = re.compile("[\u4e00-\u9fff]")
pytestmark = pytest.mark.xdist_group("site")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Built from a copy, so that a site of the developer's own is left alone. Lesson 07 makes the film; 01 is the first to be read."""
    folder = tmp_path_factory.mktemp("site")
    for pattern in OURS:
        for path in (ROOT / "docs").glob(pattern):
            target = folder / "docs" / path.name
            target.parent.mkdir(exist_ok=True)
            shutil.copytree(path, target) if path.is_dir() else shutil.copyfile(path, target)
    command = [
        sys.executable,
        str(folder / "docs" / "build.py"),
        str(folder / "out"),
        "-D",
        "sphinx_gallery_conf.filename_pattern=/0[17]_",
    ]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert not done.stderr.strip() and done.stdout.splitlines()[-1].startswith("Next: open ")
    return folder / "out"


def pages_of(site):
    """Our pages; the theme keeps a template among its static files."""
    return sorted(path for path in site.rglob("*.html") if "_static" not in path.parts)


class Links(html.parser.HTMLParser):
    """What a page leads to, and the places in it that others may lead to."""

    def __init__(self, path):
        super().__init__()
        self.leads, self.places, self.tag = [], {""}, ""
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.places.add(found.get("id", ""))
        self.tag = found.get("lang", "") if tag == "html" else self.tag
        self.leads += [found[name] for name in ("href", "src") if found.get(name)]


def test_every_page_is_there_and_every_link_leads_somewhere(site):
    pages = {path: Links(path) for path in pages_of(site)}
    names = [f"lessons/{stem}" for stem in lesson_stems()] + [
        f"exercises/{stem}" for stem in exercise_stems()
    ]
    for name in [
        *names,
        "index",
        "slides",
        "glossary",
        "api",
        "search",
        "lessons/index",
        "exercises/index",
    ]:
        assert (
            pages[site / f"{name}.html"].tag == "en"
            and pages[site / "zh-TW" / f"{name}.html"].tag == "zh-TW"
        )
    followed = 0
    for path, page in pages.items():
        for lead in page.leads:
            url = urllib.parse.urlsplit(lead)
            if url.scheme in ("http", "https", "data", "mailto"):
                # A page may name a place on the network, but none is asked for by itself.
                assert url.scheme != "http", (path, lead)
                continue
            target = (path.parent / urllib.parse.unquote(url.path)).resolve() if url.path else path
            assert target.exists(), (path, lead)
            if target.suffix == ".html" and url.fragment:
                assert urllib.parse.unquote(url.fragment) in pages[target].places, (path, lead)
            followed += 1
    assert followed > 1000


def test_what_is_on_the_pages(site):
    lesson = (site / "lessons" / "07_optimizers.html").read_text("utf-8")
    assert lesson.count("07_optimizers_003.gif") and ".gif" not in (
        site / "lessons" / "01_forward_pass.html"
    ).read_text("utf-8")
    assert (
        "/exercises/07_optimizers.html" in lesson and "<h1>Optimizers: better ways down<" in lesson
    )
    assert {path.suffix for path in (site / "_downloads").rglob("07_optimizers.*")} >= {
        ".py",
        ".ipynb",
    }
    downloads = re.sub(r"<[^>]+>", "", lesson)
    assert (
        "Download Jupyter notebook: 07_optimizers.ipynb" in downloads
        and "Download zipped: 07_optimizers.zip" in downloads
    )
    chinese = re.sub(
        r"<pre.*?</pre>|<[^>]+>",
        "",
        (site / "zh-TW" / "lessons" / "07_optimizers.html").read_text("utf-8"),
        flags=re.DOTALL,
    )
    assert "優化器" in chinese and "改寫成" in chinese
    exercise = (site / "zh-TW" / "exercises" / "05_losses.html").read_text("utf-8")
    assert "mean_squared_error 是差的平方的平均。" in exercise
    assert "損失" in next((site / "zh-TW" / "_downloads").rglob("05_losses.py")).read_text("utf-8")
    glossary = (site / "glossary.html").read_text("utf-8")
    terms = "神經元 激活函數（活化函數、激勵函數） 損失函數 優化器 學習率 批次 訓練集 驗證集 測試集 過擬合 泛化"
    assert all(term in glossary for term in terms.split())
    assert glossary.count("<math") > 12
    slides = (site / "slides.html").read_text("utf-8")
    assert all(re.search(rf"<td><p>{number}(-\d+)?</p></td>", slides) for number in range(1, 21))


@pytest.fixture(scope="module")
def browser():
    if shutil.which("chromium") is None:
        pytest.skip("wants Chromium on the path")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


@pytest.mark.parametrize("width", [1200, 400])
def test_every_page_in_a_browser(site, browser, width):
    """No console error, nothing asked of the network, nothing to scroll sideways; the first Tab reaches the way to the content."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    heard = []
    page.on(
        "console",
        lambda message: (
            heard.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    page.on("pageerror", lambda error: heard.append(str(error)))
    # A request that ended because the page was left, such as for its icon, is none that failed.
    page.on(
        "requestfailed",
        lambda request: (
            None
            if request.failure == "net::ERR_ABORTED"
            else heard.append(f"failed: {request.url}")
        ),
    )
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(("file:", "data:")) else heard.append(request.url)
        ),
    )
    for path in pages_of(site):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main-content", path
        # Figures wait until they are scrolled to, and those of the other colours are not asked for.
        page.evaluate("for (const one of document.images) one.loading = 'eager'")
        page.wait_for_function("[...document.images].every(one => one.naturalWidth > 0)")
        assert page.evaluate("[...document.images].every(one => one.alt !== null)"), path
        assert not heard, (path, heard)
    page.close()


# What students type for a term that the course calls otherwise.
SYNONYMS = [
    "回歸",
    "最佳化器",
    "過度擬合",
    "偏差",
    "激勵函數",
    "標準化",
    "二元交叉熵",
    "混淆矩陣",
    "梯度消失",
]


@pytest.mark.parametrize("width", [1280, 390])
def test_no_code_of_a_lesson_is_cut(site, browser, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    wide = "[...document.querySelectorAll('pre')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
    for lesson in sorted((site / "lessons").glob("[0-9]*.html")):
        page.goto(lesson.as_uri())
        assert page.evaluate(wide) == 0, lesson.name
    page.close()


@pytest.mark.parametrize(("scheme", "shown"), [("light", "only-light"), ("dark", "only-dark")])
def test_figures_are_of_the_page_s_colours(site, browser, scheme, shown):
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page.goto((site / "lessons" / "01_forward_pass.html").as_uri())
    classes = page.evaluate(
        "[...document.querySelectorAll('article img')].filter(one => one.checkVisibility()).map(one => one.className)"
    )
    assert len(classes) == 2 and all(shown in one for one in classes)
    page.close()


def test_a_dark_figure_turns_its_greys_and_keeps_its_colours(site):
    with Image.open(site / "_images" / "sphx_glr_01_forward_pass_002_dark.png") as picture:
        colours = {colour for _, colour in picture.convert("RGBA").getcolors(1 << 20)}
    assert any(alpha == 0 for *_, alpha in colours)
    opaque = [colour[:3] for colour in colours if colour[3] == 255]
    assert not any(max(colour) < 15 for colour in opaque)
    assert any(min(colour) > 210 for colour in opaque)
    assert any(red > 200 and blue < 100 for red, _, blue in opaque)


@pytest.mark.parametrize(
    "name",
    [
        "index",
        "slides",
        "lessons/01_forward_pass",
        "exercises/05_losses",
        "teaching",
        "deadline",
        "authoring",
        "architecture",
    ],
)
def test_no_paragraph_of_a_chinese_page_is_left_in_english(site, name):
    page = (site / "zh-TW" / f"{name}.html").read_text("utf-8")
    body = re.search(r"<article.*</article>", page, flags=re.DOTALL)[0]
    code = r"<(code|pre)\b.*?</\1>"
    said = re.findall(
        r"<(p|h\d)\b[^>]*>(.*?)</\1>", re.sub(code, "", body, flags=re.DOTALL), flags=re.DOTALL
    )
    texts = [re.sub("<[^>]+>", "", text) for _, text in said]
    english = [one for one in texts if re.search(r"[a-z]{3,} [a-z]{3,} [a-z]{3,}", one)]
    assert len(texts) > 5 and not [one for one in english if not CHINESE.search(one)]


@pytest.mark.parametrize("folder", ["", "zh-TW"])
def test_what_a_slide_said_and_what_to_write_now_is_a_list(site, folder):
    for stem, count in (("04_sequential_model", 3), ("05_losses", 5)):
        page = (site / folder / "lessons" / f"{stem}.html").read_text("utf-8")
        listed = re.findall(r"<li><p>(?:write: |改寫成：)<code", page)
        assert len(listed) == count and not re.search(r"\* (?:today|現在)", page)


@pytest.mark.parametrize(("place", "light"), [("", True), ("_dark", False)])
def test_the_film_is_of_the_page_s_colours(site, place, light):
    with Image.open(site / "_images" / f"sphx_glr_07_optimizers_003{place}.gif") as film:
        assert film.n_frames > 20
        film.seek(20)
        assert (film.convert("L").getpixel((2, 2)) > 250) is light


def test_chinese_lessons_speak_chinese_in_code_and_output(site):
    page = (site / "zh-TW" / "lessons" / "01_forward_pass.html").read_text("utf-8")
    code = re.sub(r"<[^>]+>", "", " ".join(re.findall(r"<pre.*?</pre>", page, flags=re.DOTALL)))
    assert re.search(r"print\(&quot;[^&]*[\u4e00-\u9fff]", code)
    assert not re.search(r"by loop and by|# [A-Z][a-z]+ [a-z]+ [a-z]+", code)


def test_languages_search_and_dark(site, browser):
    page = browser.new_page(viewport={"width": 1200, "height": 900}, color_scheme="dark")
    page.goto((site / "exercises" / "05_losses.html").as_uri())
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") < "rgb(60"
    page.get_by_role("link", name="中文").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/zh-TW/exercises/05_losses.html")
    page.get_by_role("link", name="English").first.click()
    page.wait_for_url(lambda url: "zh-TW" not in url and url.endswith("/exercises/05_losses.html"))
    for name, question, found in (
        ("search", "momentum", "Optimizers"),
        ("zh-TW/search", "梯度下降", "梯度下降"),
        ("zh-TW/search", "動量", "優化器"),
        *(("zh-TW/search", word, "詞彙表") for word in SYNONYMS),
    ):
        page.goto((site / f"{name}.html").as_uri() + f"?q={urllib.parse.quote(question)}")
        page.wait_for_selector("#search-results li a")
        assert found in page.inner_text("#search-results")
    page.close()
