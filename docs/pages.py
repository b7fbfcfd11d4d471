"""The site's own pages, in the language in force: the start, slide → lesson → exercise, an exercise each, glossary and formulas."""

import ast
import os
import re
import shutil
from collections import defaultdict
from pathlib import Path

from rich.cells import cell_len

from course import paths, script
from course.checks.check import load_checks
from course.student import notebooks
from course.text import Text, current_language, translate
from course.text import tr as t

# English, 中文, and what it is, in the order in which the slides bring them.
TERMS = (
    ("neuron", "神經元", t("a weighted sum, a bias and an activation")),
    ("weight", "權重", t("the number that an input is multiplied by; it is learnt")),
    ("bias", "偏值（偏差、偏置）", t("the number that is added to the sum; it is learnt too")),
    (
        "activation function",
        "激活函數（活化函數、激勵函數）",
        t("the non-linear function after the sum; without it, many layers are just one line"),
    ),
    ("layer", "層", t("neurons side by side; `Dense` in Keras")),
    ("fully connected", "全連接", t("every input reaches every neuron of the layer")),
    ("hidden layer", "隱藏層", t("a layer between input and output")),
    ("neural network", "神經網路", t("layers of neurons, one after another")),
    (
        "universal approximation",
        "通用近似定理",
        t("one hidden layer with enough neurons can get as close to a curve as you like"),
    ),
    ("forward pass", "前向傳播", t("from the inputs to the prediction")),
    (
        "back-propagation",
        "反向傳播",
        t("from the loss back to every weight's gradient, by the chain rule"),
    ),
    ("loss function", "損失函數", t("how far the predictions are from the answers, as one number")),
    ("mean squared error", "均方誤差", t("the mean of the squared differences, for numbers")),
    (
        "cross-entropy",
        "交叉熵",
        t("the mean of -log of the right class's probability, for classes"),
    ),
    ("softmax", "softmax", t("turns any numbers into positive shares that add up to 1")),
    ("one-hot", "one-hot", t("a label as a row of zeros with a single 1")),
    ("gradient", "梯度", t("the direction in which the loss rises fastest")),
    ("gradient descent", "梯度下降", t("repeated steps against the gradient")),
    (
        "learning rate",
        "學習率",
        t("the factor that the gradient is multiplied by; it sets the size of each step"),
    ),
    ("sample", "樣本", t("one row of the data with its answer")),
    ("batch", "批次", t("the samples used for one update")),
    ("mini-batch", "小批次", t("a batch of a few samples: not just one, and not all")),
    ("epoch", "epoch（輪）", t("every sample of the training set seen once")),
    (
        "stochastic gradient descent (SGD)",
        "隨機梯度下降",
        t("an update after each sample, or after each small batch"),
    ),
    ("optimizer", "優化器（最佳化器）", t("the rule that uses gradients to update the weights")),
    ("momentum", "動量", t("each update keeps some direction and speed of earlier ones")),
    ("decay", "衰減", t("the learning rate shrinks from update to update")),
    ("compile", "編譯", t("telling the model which loss, optimizer and metrics to use")),
    (
        "metric",
        "指標",
        t("a number for people to look at, such as the accuracy; training does not use it"),
    ),
    ("accuracy", "準確率", t("the share of predictions that are right")),
    ("training set", "訓練集", t("the data used to adjust the weights")),
    (
        "validation set",
        "驗證集",
        t("the data checked after every epoch, to evaluate and tune the model"),
    ),
    ("test set", "測試集", t("the data used only once, at the very end, to evaluate the model")),
    (
        "overfitting",
        "過擬合（過度擬合）",
        t("better and better on the training set, but worse on unseen data"),
    ),
    ("generalisation", "泛化", t("predicting well on data that were not seen in training")),
    ("parameters", "參數", t("all weights and biases together")),
    ("regression", "迴歸（回歸）", t("predicting a number, such as a price")),
    ("classification", "分類", t("predicting which of some classes a sample belongs to")),
    (
        "binary cross-entropy",
        "二元交叉熵",
        t("the cross-entropy for two classes, from one probability"),
    ),
    (
        "standardization",
        "標準化",
        t("bringing each column to mean 0 and standard deviation 1, by the training rows alone"),
    ),
    ("confusion matrix", "混淆矩陣", t("a table that counts which class is taken for which")),
    (
        "vanishing gradient",
        "梯度消失",
        t("in a deep network, hardly any gradient reaches the first layers"),
    ),
)

# Each slide's title, and the functions of exercises that ask for what it shows.
SLIDES = (
    (t("Natural language: Google Duplex; generated pictures: Deepfake"), ""),
    (t("Forwarding? back propagation?"), "06.backprop"),
    (t("Forward pass (1): the sum"), "01.weighted_sum"),
    (t("Forward pass (2): the activation"), "01.neuron 01.build_neuron 01.set_neuron"),
    (
        t("The fully connected network"),
        "02.dense 02.forward 02.count_parameters 02.build_network 02.fit_curve 13.shared_parameters",
    ),
    (t("The loss function"), "06.gradient 06.step 05.root_mean_squared_error"),
    (t("Epoch and batch"), "06.updates_per_epoch 06.minibatches 06.train"),
    (t("The landscape of frameworks"), ""),
    (t("Building a model with Sequential"), "04.build_compact_model"),
    (
        t("Activation functions"),
        "03.sigmoid 03.tanh 03.relu 03.leaky_relu 03.elu 03.maxout 03.build_maxout 13.silu 13.silu_slope",
    ),
    (t("Building a model, continued"), "04.build_model"),
    (t("The summary of a model"), "04.parameter_table"),
    (t("Softmax at the output"), "03.softmax 03.output_activation"),
    (
        t("Loss functions for classification"),
        "05.binary_crossentropy 05.categorical_crossentropy 05.choose_loss",
    ),
    (
        t("Loss functions for regression"),
        "05.mean_squared_error 05.mean_absolute_error 05.mean_absolute_percentage_error 05.mean_squared_logarithmic_error 05.slide_example 13.huber",
    ),
    (
        t("Optimizers"),
        "07.sgd 07.momentum 07.nesterov 07.adagrad 07.rmsprop 07.adam 07.build_sgd 07.build_optimizer 13.adamw",
    ),
    (t("Compile"), "08.compile_classifier 08.compile_for 08.loss_of 13.top_k_accuracy"),
    (t("Three data sets"), "09.split"),
    (t("Validation"), "09.validation_rows 09.train_with 13.stop_early"),
    (t("Fit"), "09.train 09.best_epoch 09.is_overfitting 10.build_and_train"),
)

# The slides' formulas, as TeX.
FORMULAS = (
    (t("Slide 4 · one neuron"), r"a = \sum_i x_i w_i + b, \qquad y = g(a)"),
    (t("Slide 4 · the sigmoid"), r"\sigma(a) = \frac{1}{1 + e^{-a}}"),
    (t("Slide 10 · sigmoid"), r"\sigma(x) = \frac{1}{1 + e^{-x}}"),
    (
        t("Slide 10 · tanh, and how it is related to the sigmoid"),
        r"\tanh x = \frac{e^x - e^{-x}}{e^x + e^{-x}} = 2\sigma(2x) - 1",
    ),
    (t("Slide 10 · ReLU and Leaky ReLU"), r"\max(0, x), \qquad \max(0.1x, x)"),
    (
        t("Slide 10 · ELU for negative inputs, and Maxout"),
        r"\alpha (e^x - 1), \qquad \max(w_1 x + b_1, w_2 x + b_2)",
    ),
    (t("Slide 13 · softmax"), r"s_i = \frac{e^{z_i}}{\sum_j e^{z_j}}"),
    (
        t("Slide 14 · binary cross-entropy"),
        r"-\frac{1}{N} \sum_i \left[ y_i \log p_i + (1 - y_i) \log (1 - p_i) \right]",
    ),
    (t("Slide 14 · categorical cross-entropy"), r"-\frac{1}{N} \sum_i \sum_k y_{ik} \log p_{ik}"),
    (
        t("Slide 15 · mean squared and mean absolute error"),
        r"\frac{1}{N} \sum_i (y_i - p_i)^2, \qquad \frac{1}{N} \sum_i |y_i - p_i|",
    ),
    (
        t("Slide 15 · mean absolute percentage error"),
        r"\frac{100}{N} \sum_i \frac{|y_i - p_i|}{|y_i|}",
    ),
    (
        t("Slide 15 · mean squared logarithmic error, as Keras defines it"),
        r"\frac{1}{N} \sum_i (\log (1 + y_i) - \log (1 + p_i))^2",
    ),
    (t("Slide 6 · root mean squared error"), r"\sqrt{\frac{1}{N} \sum_i (y_i - p_i)^2}"),
    (t("Slide 6 · gradient descent"), r"w \leftarrow w - \eta \frac{\partial L}{\partial w}"),
    (t("Slide 16 · momentum"), r"v \leftarrow \mu v - \eta g, \qquad w \leftarrow w + v"),
    (
        t("Slide 16 · RMSprop"),
        r"a \leftarrow \rho a + (1 - \rho) g^2, \qquad w \leftarrow w - \frac{\eta g}{\sqrt{a + \epsilon}}",
    ),
    (
        t("Slide 16 · Adam"),
        r"w \leftarrow w - \eta \frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \epsilon}",
    ),
    (t("Slide 16 · decay"), r"\eta_t = \frac{\eta}{1 + \delta t}"),
)

# Text and code of a lesson, which is read slowly.
WORDS_A_MINUTE = 120
INSTALL = """
   python3 -m venv .venv && . .venv/bin/activate && pip install -e .
   course{lang} start my-course && cd my-course
   course list
"""


def write(target: Path, extra: Path) -> None:
    """All pages, as reStructuredText, in the folder of the sources, and what they link to."""
    (target / "exercises").mkdir(exist_ok=True)
    stems = paths.exercise_stems()
    pages = {
        "index": start(),
        "slides": slides(),
        "glossary": glossary(),
        "exercises/index": exercises(stems),
    }
    pages |= {f"exercises/{stem}": exercise(stem) for stem in stems}
    for name, text in pages.items():
        path = target / f"{name}.rst"
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
    (target / "_build" / "starters").mkdir(parents=True, exist_ok=True)
    shutil.rmtree(extra, ignore_errors=True)
    notebooks.write(extra / "notebooks")
    for stem in stems:
        starter = (paths.EXERCISES / f"{stem}.py").read_text("utf-8")
        (target / "_build" / "starters" / f"{stem}.py").write_text(
            script.translated(starter), "utf-8"
        )


def title(text: str, line: str = "=") -> str:
    return f"{text}\n{line * 2 * max(4, len(text))}\n\n"


def table(head: list[str], rows: list[list[str]], widths: str) -> str:
    """A list-table; cells are reStructuredText."""
    lines = [
        ".. list-table::",
        "   :header-rows: 1",
        "   :class: rows",
        f"   :widths: {widths}",
        "",
    ]
    for row in [head, *rows]:
        lines += [f"   {'*' if at == 0 else ' '} - {cell}" for at, cell in enumerate(row)]
    return "\n".join(lines) + "\n\n"


def plain(text: str) -> str:
    """A sentence of ours as reStructuredText: backquotes are code, and no other sign means anything."""
    pieces = re.split(r"(`[^`]+`)", text)
    return "".join(
        piece if at % 2 else re.sub(r"([*|\\]|_\b)", r"\\\1", piece)
        for at, piece in enumerate(pieces)
    )


# What one can do after each lesson, in their order.
AFTERWARDS = (
    t("say what was on the map of frameworks, and run one model on several engines"),
    t("compute a neuron by hand and in Keras, and set its weights"),
    t("count a network's parameters, and say what more units change"),
    t("choose an activation function, and read its gradient"),
    t("build a Sequential model, and read its summary"),
    t("compute each loss by hand, and choose the right one"),
    t("follow a gradient back through a network, and choose a batch size"),
    t("say how six optimizers step, and find a learning rate"),
    t("compile a model, and notice a loss that does not fit its last layer"),
    t("train with validation, and see overfitting and stop it"),
    t("go from raw pixels to a tested classifier, and look at its mistakes"),
    t("clean a real table, scale it inside the model, and save what you trained"),
)
FILM = Path("/lessons/images/sphx_glr_07_optimizers_003.gif")
# Who comes, where they go, and what they find there.
DOORS = (
    (
        t("Students"),
        "exercises/index",
        t("Write a function, save, and see in half a second what is still wrong, and why."),
    ),
    (
        t("Teachers"),
        "teaching",
        t(
            "Grade a class from your platform's download, on your own machine, with feedback to hand out."
        ),
    ),
    (
        t("Authors"),
        "authoring",
        t("Write an exercise in one file, and prove it with right and wrong answers."),
    ),
)


def _door(who: str, page: str, words: str) -> str:
    return f"   .. container:: door\n\n      :doc:`{translate(Text(who))} <{page}>`\n\n      {translate(Text(words))}\n\n"


def dark(path: Path) -> Path:
    """Where a picture's copy for dark pages lies."""
    return path.with_stem(f"{path.stem}_dark")


def picture(path: Path, alt: str, name: str) -> str:
    """A picture in a page, light or dark as the page is, which waits until it is scrolled to."""
    return "\n".join(
        f".. image:: {one.as_posix()}\n   :alt: {alt}\n   :class: {name} {when}\n   :loading: lazy\n"
        for one, when in ((path, "only-light"), (dark(path), "only-dark"))
    )


def film() -> str:
    """What the film shows, for those who cannot see it."""
    return t("Six optimizers on their way down a valley, update by update")


def start() -> str:
    lead = t(
        "An introductory course whose slides were written for Keras 1 and 2, updated to run today: its lessons reproduce the slides' own numbers with Keras 3, and its exercises are graded privately on your own machine."
    )
    ways = [
        (
            ":doc:`/lessons/index`",
            t("twelve scripts, each with its plots: read them here, or run them"),
        ),
        (
            ":doc:`/exercises/index`",
            t(
                "thirteen exercises, most of them checked within seconds, with an explanation for each mistake"
            ),
        ),
        (":doc:`/slides`", t("which lesson and which exercise belong to a slide")),
        (":doc:`/glossary`", t("the words in English and Chinese, and the slides' formulas")),
    ]
    begin = t("With Python 3.11 or newer, in a clone of the course:")
    loop = t(
        "Then read a lesson, fill in its exercise, and keep the checks on the screen while you work:"
    )
    names = [
        t("Lessons"),
        t("Exercises"),
        t("Slides"),
        t("Glossary"),
        t("Teachers"),
        t("Authors"),
        "API",
    ]
    places = (
        "lessons/index",
        "exercises/index",
        "slides",
        "glossary",
        "teaching",
        "authoring",
        "api",
    )
    toc = "\n   ".join(f"{name} <{path}>" for name, path in zip(names, places, strict=True))
    listed = "\n".join(f"- {link}: {words}" for link, words in ways)
    doors = "".join(_door(*door) for door in DOORS)
    about = t("Lessons and exercises that make slides for Keras 1 and 2 run with Keras 3.")
    lang = " --lang zh-TW" * (current_language() == "zh-TW")
    rows = [
        [
            f":doc:`{plain(_name(stem))} </lessons/{stem}>`",
            plain(translate(Text(able))),
            t("{count} minutes", count=_minutes(stem)),
        ]
        for stem, able in zip(paths.lesson_stems(), AFTERWARDS, strict=True)
    ]
    head = [t("Lesson"), t("Afterwards you can"), t("To read")]
    return (
        f".. meta::\n   :description: {about}\n\n"
        + title(t("Deep learning with Keras 3"))
        + f"{lead}\n\n.. container:: doors\n\n{doors}"
        + f"{picture(FILM, film(), 'film')}\n{listed}\n\n"
        + title(t("Begin"), "-")
        + f"{begin}\n\n.. code-block:: sh\n{INSTALL.format(lang=lang)}\n"
        + f"{loop}\n\n.. code-block:: sh\n\n   course lesson 01_forward_pass\n   course watch\n\n"
        + title(t("What you learn, and how long it takes"), "-")
        + table(head, rows, "34 52 14")
        + f".. toctree::\n   :hidden:\n\n   {toc}\n"
    )


def _name(stem: str) -> str:
    """A lesson's title up to its colon."""
    return re.split("[:：]", paths.title(paths.LESSONS / f"{stem}.py"))[0]


def _minutes(stem: str) -> int:
    """How long a lesson takes to read."""
    words = len(re.findall(r"\w+", (paths.LESSONS / f"{stem}.py").read_text("utf-8")))
    return max(1, round(words / WORDS_A_MINUTE))


def lesson(name: str, text: str) -> str:
    """A page that sphinx-gallery wrote: a lesson with its title as one, old lines as a list and a way to its exercise; or their list."""
    if name == "index":
        text = re.sub(r' tooltip="[^"]*"', "", text)
        return re.sub(
            r'(?<=thumbnail-title">)(.+?)(?=</div>)',
            lambda m: translate(Text(m[1])).rstrip("。."),
            text,
        )
    ran = re.search(r"running time of the script:\*\* +\((\d+) minutes ([\d.]+)", text)
    seconds = round(60 * int(ran[1]) + float(ran[2])) if ran else 0
    times = t("{read} minutes to read", read=_minutes(name))
    if seconds:
        times += t(", {seconds} s to run", seconds=seconds)
    # The way to the downloads stands in the margin.
    text = re.sub(r"\.\. only:: html\n\n    \.\. note::\n(?:.*\n)+?\n(?=\.\. rst-class)", "", text)
    text = re.sub(
        r"(\.\. _sphx_glr_lessons_\S+:\n\n)(.+)\n",
        lambda m: (
            f"{m[1]}{title(translate(Text(m[2])).rstrip('。.'))}{notebook('lessons', name)} · {times}\n"
        ),
        text,
        count=1,
    )
    # Each three lines are a list of their own.
    text = re.sub(
        r"^((?:write: |改寫成：).*\n)\n(?=slide: |投影片：)",
        r"\1\n..\n\n",
        text,
        flags=re.MULTILINE,
    )
    text = re.sub(r"(?<!\n)\n(?=slide: |投影片：)", "\n\n", text)
    text = script.SHOWN_LINE.sub(lambda m: f"* {script.label(m[1])}``{m[2]}``", text)
    text = script.unwrap(text)
    # A cell begins a section: of its slide's name, or of its own first sentence.
    labels = set[str]()
    text = CELL.sub(lambda m: m[1] + _headed(name, m[2], labels), text)
    # What is laid out in columns stays in them: its letters get smaller instead.
    text = re.sub(
        r"(\.\. rst-class:: sphx-glr-script-out)(\n\n \.\. code-block:: none\n((?:\n|    .*\n)+))",
        _columns,
        text,
    )
    # A choice stays with its letter.
    text = re.sub(r"(?<= \([a-e]\)) ", "\N{NO-BREAK SPACE}", text)
    # A question's answer opens at a click.
    show = t("Show the answer")
    text = re.sub(
        rf"{script.ANSWER.pattern}.+\n(?:.+\n)*",
        lambda m: (
            f".. raw:: html\n\n    <details><summary>{show}</summary>\n\n"
            f"{m[0]}\n.. raw:: html\n\n    </details>\n"
        ),
        text,
        flags=re.MULTILINE,
    )
    text = re.sub(r"(?<=:download:`)Download [^:]+", lambda m: translate(Text(m[0])), text)
    text = re.sub(r"\*\*Total running time of the script:\*\* .*\n", "", text)
    if name in paths.exercise_stems():
        own = t("Now write it yourself:")
        text = text.replace(
            "\n.. _sphx_glr_download", f"\n{own} :doc:`/exercises/{name}`\n\n.. _sphx_glr_download"
        )
    return text


def notebook(kind: str, stem: str) -> str:
    """Links to a page's notebook, and where COURSE_REPOSITORY names the repository with the site, to Colab."""
    chinese = current_language() == "zh-TW"
    place = f"notebooks/{kind}/{stem}.ipynb"
    words = t("Notebook"), t("Open in Colab")
    links = f"`{words[0]} <../{place}>`__"
    if repository := os.environ.get("COURSE_REPOSITORY"):
        start = f"https://colab.research.google.com/github/{repository}/blob/gh-pages"
        links += f" · `{words[1]} <{start}/{'zh-TW/' * chinese}{place}>`__"
    return links


def _columns(output: re.Match[str]) -> str:
    """An output with a class for its width in columns, where it is a table."""
    lines = [line.removeprefix("    ") for line in output[3].split("\n")]
    if sum("   " in line.strip() or "━" in line for line in lines) < 2:
        return output[0]
    return f"{output[1]} columns-{-(-max(map(cell_len, lines)) // 20) * 20}{output[2]}"


def _place(stem: str, slides: str) -> str:
    """The label of the first section of a lesson that is about a slide."""
    return f"{stem}-slide-{re.split('[^0-9]', slides)[0]}"


# A cell's first paragraph, as sphinx-gallery writes it.
CELL = re.compile(
    r"^(\.\. GENERATED FROM PYTHON SOURCE LINES .+\n\n)((?:[^\s.].*\n)+)", re.MULTILINE
)
# The parts of a cell that are no heading, and lines that are shown.
NO_HEADING = re.compile(
    "Question: |Answer: |問題：|答案：|Try, |試試看|Left: |左|(slide|today|write): "
)
# A heading is at most so many columns wide, but those of slides; Chinese signs take two.
HEADING = 80


def _headed(name: str, paragraph: str, labels: set[str]) -> str:
    """A cell's first paragraph with a heading, and what its slide says."""
    slide = re.match(r"(?:Slides?|投影片) ([\d,、 -]+) · ", paragraph)
    if not slide:
        return _section(paragraph, HEADING)
    label = _place(name, slide[1])
    if label in labels:
        return _section(paragraph)
    labels.add(label)
    # The slide's formulas stand beside the code that computes them.
    number = label.rpartition("-")[2]
    about = [(words, tex) for words, tex in FORMULAS if re.match(rf"\D*{number} · ", words)]
    if number == "6":
        # Two lessons are about it: its loss, and the way down.
        about = about[:1] if name.startswith("05") else about[1:]
    shown = "".join(f"{_formula(words.partition(' · ')[2], tex)}\n\n" for words, tex in about)
    return f".. _{label}:\n\n{_section(paragraph)}\n{shown}"


def _section(paragraph: str, width: int = 1000) -> str:
    """A paragraph with its words up to the first stop as a heading, where they are no wider than so many columns."""
    words = script.unwrap(paragraph.strip()).replace("\n", " ")
    heading, _, rest = re.sub(r"(: |：|\? |？|\. |。)", r"\1\n", words, count=1).partition("\n")
    if cell_len(heading) > width or NO_HEADING.match(words):
        return paragraph
    # A sentence begins with a capital, a formula does not.
    if re.match(r"[a-z]+,? (?![=(])", rest):
        rest = rest[:1].upper() + rest[1:]
    return title(plain(heading.strip().rstrip(".:。：")), "-") + (
        f"{plain(rest)}\n" if rest else ""
    )


def lessons_header() -> str:
    """What stands above the gallery of lessons."""
    return "Lessons\n=======\n\nEach lesson works out a slide's numbers by hand, computes them with Keras, and checks that both agree.\n"


def slides() -> str:
    """A row per slide: its title, the sections of lessons that work through it, and the functions to write."""
    sections = defaultdict[int, dict[str, str]](dict)
    for stem in paths.lesson_stems():
        text = (paths.LESSONS / f"{stem}.py").read_text("utf-8")
        for *_, words in script.paragraphs(text):
            if found := re.match(r"Slides? (\d+)(?:-(\d+))? · ", words):
                about = plain(_name(stem))
                for number in range(int(found[1]), int(found[2] or found[1]) + 1):
                    sections[number].setdefault(stem, f":ref:`{about} <{_place(stem, found[1])}>`")
    stems = {stem[:2]: stem for stem in paths.exercise_stems()}
    rows = []
    for number, (shows, functions) in enumerate(SLIDES, 1):
        asked = defaultdict[str, list[str]](list)
        for function in functions.split():
            asked[stems[function[:2]]].append(f"``{function[3:]}``")
        own = [f":doc:`{stem} </exercises/{stem}>`: {' '.join(asked[stem])}" for stem in asked]
        rows.append(
            [
                str(number),
                plain(translate(Text(shows))),
                *map("; ".join, (sections[number].values(), own)),
            ]
        )
    intro = t(
        "The course has twenty slides. Lessons work through what each slide shows, and exercises ask you to write most of it yourself."
    )
    head = [t("Slide"), t("What it shows"), t("Lesson"), t("To write")]
    return (
        title(t("From slide to lesson to exercise"))
        + f"{intro}\n\n"
        + table(head, rows, "7 23 34 36")
    )


def exercises(stems: list[str]) -> str:
    """The list of exercises."""
    rows = []
    for stem in stems:
        points = sum(one.points for one in load_checks(paths.checks_of(stem), 0))
        name, _, about = re.sub(
            "[:：] *", "\n", paths.title(paths.EXERCISES / f"{stem}.py")
        ).partition("\n")
        link = f":doc:`{stem[:2]} · {plain(name)} <{stem}>`"
        rows.append([link, plain(about), f"{points:g}"])
    intro = t(
        "Write the functions of a starter, and check them as often as you like: nothing leaves your machine."
    )
    listed = "\n".join(f"   {stem}" for stem in stems)
    toc = f".. toctree::\n   :hidden:\n\n{listed}\n"
    return (
        title(t("Exercises"))
        + f"{intro}\n\n"
        + table([t("Exercise"), t("What it is about"), t("Points")], rows, "30 60 10")
        + toc
    )


def exercise(stem: str) -> str:
    """One exercise: what to write, how to check it, what is checked."""
    tree = ast.parse((paths.EXERCISES / f"{stem}.py").read_text("utf-8"))
    heading, *words = (ast.get_docstring(tree) or stem).split("\n\n")
    which = re.search(
        r"\(slides? (.+)\)|（投影片 (.+)）", translate(Text(" ".join(heading.split())))
    )
    labels = t("Lesson"), t("Starter"), t("Slides")
    slide = f"{labels[2]} {which[1] or which[2]} · " if which else ""
    about = "\n\n".join(plain(translate(Text(" ".join(one.split())))) for one in words)
    functions = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            told = [
                plain(translate(Text(" ".join(one.split()))))
                for one in (ast.get_docstring(node) or "").split("\n\n")
            ]
            functions.append(
                f"``{node.name}({ast.unparse(node.args)})``\n"
                + "\n\n".join(f"   {one}" for one in told)
            )
    checks = [
        [plain(translate(Text(one.sentence))), f"{one.points:g}"]
        for one in load_checks(paths.checks_of(stem), 0)
    ]
    lesson = f"{labels[0]}: :doc:`/lessons/{stem}` · " if stem in paths.lesson_stems() else ""
    starter = f":download:`{stem}.py </_build/starters/{stem}.py>`"
    run = f".. code-block:: sh\n\n   course check {stem}\n\n"
    hints = t(
        "`course check --hints` adds a hint to each check that fails; `course watch` checks again whenever you save the file."
    )
    return (
        title(f"{stem[:2]} · {plain(paths.title(paths.EXERCISES / f'{stem}.py'))}")
        + f"{slide}{lesson}{labels[1]}: {starter} · {notebook('exercises', stem)}\n\n{about}\n\n"
        + title(t("What to write"), "-")
        + "\n\n".join(functions)
        + "\n\n"
        + title(t("How to check it"), "-")
        + run
        + f"{hints}\n\n"
        + table([t("What is checked"), t("Points")], checks, "88 12")
    )


def _formula(words: str, tex: str) -> str:
    return f"{plain(words)}\n\n.. math::\n\n   {tex}"


def glossary() -> str:
    """Words in both languages, and formulas."""
    # The markup keeps an English term from being translated.
    rows = [
        [f"**{plain(english)}**", chinese, plain(meaning)] for english, chinese, meaning in TERMS
    ]
    formulas = "\n\n".join(_formula(words, tex) for words, tex in FORMULAS)
    words = table(["English", "中文", t("What it is")], rows, "26 20 54")
    return (
        title(t("Glossary and formulas"))
        + title(t("Glossary"), "-")
        + words
        + title(t("The slides' formulas"), "-")
        + f"{formulas}\n"
    )
