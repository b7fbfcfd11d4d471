"""The web site: lessons run by sphinx-gallery, everything else written by pages.py. `python docs/build.py` builds it."""

import ast
import html
import itertools
import os
import re
import shutil
import sys
import warnings
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "MPLBACKEND": "agg"}

import dark  # noqa: E402
import pages  # noqa: E402
import pandas as pd  # noqa: E402
import sphinx.search  # noqa: E402
from docutils.utils.math.latex2mathml import tex2mathml  # noqa: E402
from sphinx.errors import ExtensionError  # noqa: E402

from course import __version__, paths, script, text  # noqa: E402
from course.student import lesson as lessons  # noqa: E402

BUILD = HERE / "_build"
LESSONS = BUILD / f"lessons-{text.current_language()}"
# Notebooks, which are linked and not laid out; Sphinx looks for the folder before anything else is done.
EXTRA = BUILD / "extra"
EXTRA.mkdir(parents=True, exist_ok=True)

project, copyright, release = "course", "the authors of the course", __version__
extensions = ["sphinx.ext.autodoc", "sphinx_gallery.gen_gallery", "sphinx_copybutton"]
templates_path, html_static_path = ["_templates"], ["_static"]
exclude_patterns = ["_build", "**sg_execution_times.rst"]
suppress_warnings = ["config.cache"]
# `name` is code, as in the lessons and the docstrings.
default_role, smartquotes = "code", False
autodoc_member_order, autodoc_typehints = "bysource", "description"

locale_dirs, gettext_compact = [str(text.LOCALE), str(HERE / "locale")], "course"

html_theme, html_title, html_css_files = "pydata_sphinx_theme", "course · Keras 3", ["course.css"]
html_extra_path, html_favicon = [str(EXTRA)], "_static/favicon.svg"
# What a prompt or an output shows is not copied.
copybutton_selector = "div.highlight:not(.sphx-glr-script-out .highlight) pre"
html_copy_source = html_show_sourcelink = False
html_sidebars = {
    name: []
    for name in (
        "index",
        "slides",
        "glossary",
        "teaching",
        "deadline",
        "authoring",
        "architecture",
        "api",
        "genindex",
        "py-modindex",
        # Their code needs the room.
        "lessons/[0-9]*",
        "exercises/[0-9]*",
    )
}
html_theme_options = {
    "navbar_end": ["language", "theme-switcher"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "show_prev_next": True,
    "secondary_sidebar_items": ["page-toc", "downloads"],
    "show_toc_level": 2,
    "header_links_before_dropdown": 7,
    "navigation_with_keys": False,
    "back_to_top_button": False,
}
html_math_renderer, html_context = "mathml", {"default_mode": "auto"}

# A Chinese head of a table takes two columns a character.
pd.set_option("display.unicode.east_asian_width", True)

# A process that has run several lessons is replaced by a fresh one, which loses nothing.
warnings.filterwarnings("ignore", "A worker stopped while some jobs", UserWarning)


def figures(block, block_vars, gallery_conf):
    """A scraper for sphinx-gallery: each open figure as it is, and once more for dark pages."""
    from matplotlib import pyplot

    shown = []
    for number in pyplot.get_fignums():
        figure = pyplot.figure(number)
        path = Path(next(block_vars["image_path_iterator"]))
        night = pages.dark(path)
        figure.savefig(path)
        dark.redraw(figure)
        figure.savefig(night, transparent=True)
        titles = figure.get_suptitle(), *(axes.get_title() for axes in figure.axes)
        alt = ", ".join(filter(None, titles))
        alt = " ".join(alt.split()) or path.stem.removeprefix("sphx_glr_")
        shown.append(pages.picture(_place(path, gallery_conf), alt, "sphx-glr-single-img"))
    pyplot.close("all")
    return "\n".join(shown)


def _place(path, gallery_conf):
    """Where a picture lies within the site's source."""
    return Path("/") / path.relative_to(gallery_conf["src_dir"])


def proofs(block, block_vars, gallery_conf):
    """No picture: after the last cell, what the lesson has computed must be what its proofs say."""
    path = Path(block_vars["src_file"])
    code = [code.strip() for _, code, _ in script.cells(path.read_text("utf-8")) if code.strip()]
    if block[1].strip() == code[-1]:
        names = block_vars["example_globals"]
        for node in lessons.proofs(path.stem):
            if not eval(compile(ast.Expression(node.test), f"proofs/{path.name}", "eval"), names):
                raise ExtensionError(f"{path.name} no longer proves: {ast.unparse(node.test)}")
    return ""


def film(block, block_vars, gallery_conf):
    """A scraper for sphinx-gallery: the film that a lesson saves in plots/, under its own name, since two lessons run at a time."""
    saved = []
    for path in sorted(Path("plots").glob(f"{Path(block_vars['src_file']).stem}*.gif")):
        target = Path(next(block_vars["image_path_iterator"])).with_suffix(".gif")
        shutil.move(path, target)
        dark.refilm(target, pages.dark(target))
        saved.append(
            pages.picture(_place(target, gallery_conf), pages.film(), "sphx-glr-single-img")
        )
    return "\n".join(saved)


def fresh(gallery_conf, name):
    """Each lesson starts as in a process of its own: layers are counted from the first, and figures have their fonts."""
    import keras

    keras.utils.clear_session()
    lessons.use_font()


sphinx_gallery_conf = {
    "examples_dirs": [str(LESSONS)],
    "gallery_dirs": ["lessons"],
    "filename_pattern": r"/\d\d_",
    "within_subsection_order": "FileNameSortKey",
    "image_scrapers": (figures, film, proofs),
    "reset_modules": ("matplotlib", fresh),
    "abort_on_example_error": True,
    "capture_repr": (),
    "download_all_examples": False,
    "show_signature": False,
    "min_reported_time": 0,
    "show_memory": False,
    "parallel": 2,
}


def lay_out(app):
    """Write the pages, and the lessons in the language in force to where they may leave their plots."""
    source = Path(app.srcdir)
    for path in (*HERE.glob("*.rst"), HERE / "pictures"):
        if path.is_dir():
            shutil.copytree(path, source / path.name, dirs_exist_ok=True)
        else:
            shutil.copy2(path, source)
    LESSONS.mkdir(exist_ok=True)
    for stem in paths.lesson_stems():
        lesson = script.translated((paths.LESSONS / f"{stem}.py").read_text("utf-8"))
        (LESSONS / f"{stem}.py").write_text(lessons.drawn(lesson), "utf-8")
    (LESSONS / "GALLERY_HEADER.rst").write_text(pages.lessons_header(), "utf-8")
    pages.write(source, EXTRA)


def lesson_page(app, name, source):
    """What sphinx-gallery wrote, made ours: titles, languages, a way to the exercise; commands answer in the page's language."""
    if name.startswith("lessons/"):
        source[0] = pages.lesson(name.removeprefix("lessons/"), source[0])
    elif name in {"teaching", "deadline"} and app.config.language == "zh_TW":
        source[0] = re.sub("(?m)^   course ", "   course --lang zh-TW ", source[0])


def other_language(app, name, template, context, doctree):
    """Where the same page stands in the other language."""
    up = "../" * name.count("/")
    chinese = app.config.language == "zh_TW"
    context["other_tag"], context["other_name"] = (
        ("en", "English") if chinese else ("zh-TW", "中文")
    )
    if 'name="description"' not in context.get("metatags", ""):
        about = html.escape(f"{html.unescape(context.get('title', ''))} · {html_title}")
        context["metatags"] = (
            context.get("metatags", "") + f'<meta name="description" content="{about}">'
        )
    _lighten(context, name)
    context["other_page"] = f"{up}../{name}.html" if chinese else f"{up}zh-TW/{name}.html"


def _lighten(context, name):
    """Nothing that a page does not need holds its first picture up: scripts wait, and styles of the gallery stay with lessons."""
    for one in context["script_files"]:
        # Lines in the pages themselves use the options at once, and those of the search all else. Pages share these objects.
        at_once = name == "search" or "documentation_options" in str(one.filename)
        one.attributes.pop("defer", None)
        if not at_once:
            one.attributes["defer"] = "defer"
    lesson = name.startswith("lessons/")
    unused = ("-binder", "-dataframe", "-rendered-html") if lesson else ("sg_gallery",)
    styles = context["css_files"]
    context["css_files"] = [
        s for s in styles if not any(part in str(s.filename) for part in unused)
    ]


def math(self, node):
    """Formulas as MathML, which browsers show by themselves."""
    from docutils import nodes

    block = isinstance(node, nodes.math_block)
    self.body.append(str(tex2mathml(node.astext(), as_block=block)))
    raise nodes.SkipNode


class Chinese(sphinx.search.languages["en"]):
    """Search in Chinese without a dictionary: each two characters that stand together are a word, in the index as in the question."""

    js_splitter_code = r"""
function splitQuery(query) {
  return (query.match(/[\u4e00-\u9fff]+|[^\W]+/gu) || []).flatMap((word) =>
    /^[\u4e00-\u9fff]{3,}$/.test(word) ? [...word].slice(1).map((sign, at) => word[at] + sign) : [word]);
}
"""

    def split(self, text):
        found = []
        for word in re.findall(r"[\u4e00-\u9fff]+|[^\W\u4e00-\u9fff]+", text):
            found += (
                map("".join, itertools.pairwise(word))
                if len(word) > 2 and word[0] >= "\u4e00"
                else [word]
            )
        return found


def setup(app):
    sphinx.search.languages["zh_TW"] = Chinese
    app.add_html_math_renderer("mathml", (math, None), (math, None))
    app.connect("builder-inited", lay_out, priority=1)
    app.connect("source-read", lesson_page)
    app.connect("html-page-context", other_language)
