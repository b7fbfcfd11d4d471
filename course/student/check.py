"""`course check`: a line an exercise, and the first check that is left, whole; the same checks as pytest runs."""

import contextlib
import re
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text as Rich

from course import progress
from course import seed as seeds
from course.checks.check import load_checks
from course.checks.judge import UNREADABLE
from course.checks.mark import EVERY_HINT, Mark, Outcome, lines, results
from course.classroom import grade
from course.classroom.files import Source, SubmissionError
from course.classroom.grade import Given
from course.student.folder import source_of
from course.text import tr, translate
from course.wall.clean import CleanRoom
from course.wall.process import WarmServer
from course.wall.question import WHOLE
from course.wall.room import missing_layers

SIGNS = {Outcome.PASSED: ("✓", "green"), Outcome.NOT_ATTEMPTED: ("·", "dim")}
# So much of one field is shown, unless everything is asked for: the whole fits a terminal of 24 lines.
SHOWN_LINES, SHOWN_COLUMNS = 3, 66
PRINTED_LINES = 1_000


def run(
    stems: list[str], folder: Path, checks: Path, seed: int | None, hints: bool, everything: bool
) -> int:
    """Check the exercises of a folder one after the other; exit status 0 where every check passes.

    checks: the folder of the test files. hints, everything: show hints; show each failing check with all that it tells.
    """
    number = seeds.new() if seed is None else seed
    console = Console(highlight=False, soft_wrap=True)
    heard: dict[str, list[Mark]] = {}
    given: dict[str, Given] = {}
    WHOLE.set(everything)
    if missing := "; ".join(missing_layers()):
        console.print(tr("weaker isolation on this machine, without: {missing}", missing=missing))
    with WarmServer(spare=len(stems) > 1) as warm, contextlib.closing(CleanRoom(warm)) as clean:
        for stem in stems:
            with console.status(stem) if console.is_terminal else contextlib.nullcontext():
                heard[stem], given[stem] = marks_of(stem, folder, checks, number, clean)
            show_line(console, stem, heard[stem], given[stem])
            if folder == checks:
                kept = progress.remember(progress.FILE, stem, results(heard[stem]))
                if kept and stem == stems[-1]:
                    console.print(translate(kept), style="yellow", markup=False)
    left = [(stem, mark) for stem, marks in heard.items() for mark in marks if not mark.passed]
    # What fails comes before what waits to be written.
    left.sort(key=lambda pair: pair[1].outcome == Outcome.NOT_ATTEMPTED)
    for _, mark in left if everything else left[:1]:
        if everything:
            console.print()
        _show(console, mark, hints, everything)
    again = tr("Add --seed {seed} to get the same random inputs again.", seed=number)
    console.print(again, style="dim")
    if not left:
        console.print(tr("Next: course next"))
        return 0
    stem, mark = left[0]
    source = given[stem]
    path = source.path if isinstance(source, Source) else f"exercises/{stem}.py"
    console.print(next_line(stem, mark, path, hints or everything, number))
    return 1


def marks_of(
    stem: str, folder: Path, checks: Path, number: int, clean: CleanRoom
) -> tuple[list[Mark], Given]:
    """The marks of one exercise, in the order of its checks, and its file, or why there is none."""
    try:
        source: Given = source_of(stem, folder)
    except SubmissionError as error:
        source = error
    asked = load_checks(checks / f"test_{stem}.py", number)
    return list(grade.marks_of(asked, stem, source, number, clean)), source


def sign(outcome: Outcome) -> tuple[str, str]:
    """What stands for an outcome in a line, and its style."""
    return SIGNS.get(outcome, ("✗", "red"))


def line_of(stem: str, marks: list[Mark]) -> Rich:
    """One exercise: done, begun or not begun, a sign for each check, and its points."""
    outcomes = {mark.outcome for mark in marks}
    whole = outcomes.pop() if len(outcomes) == 1 else Outcome.FAILED
    line = Rich()
    line.append(*sign(whole))
    line.append(f" {stem:<22}")
    for mark in marks:
        line.append(*sign(mark.outcome))
    line.append(" " * max(1, 18 - len(marks)))
    points, of = (f"{sum(getattr(mark, name) for mark in marks):g}" for name in ("points", "of"))
    return line.append(tr("{points} of {of} points", points=points, of=of))


def _show(console: Console, mark: Mark, hints: bool, everything: bool) -> None:
    """A check that is left: its sentence, and what was asked, came and was expected."""
    waits = mark.outcome == Outcome.NOT_ATTEMPTED
    console.print(Rich(translate(mark.sentence), "" if waits else "bold red"))
    fields = Table.grid(padding=(0, 1, 0, 2))
    fields.add_column(style="dim", min_width=9, no_wrap=True)
    fields.add_column(overflow="fold")
    # What was noted of the file stands below its line.
    steps = EVERY_HINT if hints else 0
    for label, text in lines(msgspec.structs.replace(mark, noted=""), steps, PRINTED_LINES):
        fields.add_row(Rich(label), Rich(text if everything else _cut(text)))
    console.print(fields, soft_wrap=False)


def _cut(text: str) -> str:
    """A text of a few lines; what was cut is said."""
    whole = text.splitlines()
    kept = [line[:SHOWN_COLUMNS] for line in whole[:SHOWN_LINES]]
    if len("".join(whole)) <= SHOWN_LINES * SHOWN_COLUMNS and len(whole) <= SHOWN_LINES:
        return text
    if len(whole) == 1:
        kept = [text[: SHOWN_LINES * SHOWN_COLUMNS]]
    lost = len(text) - len("\n".join(kept))
    return "\n".join(kept) + " " + tr("… ({count} more characters: --all)", count=lost)


def show_line(console: Console, stem: str, marks: list[Mark], source: Given) -> None:
    """The line of an exercise, and below it what was noted of its file, and what of it was left out."""
    console.print(line_of(stem, marks))
    noted = max((translate(mark.noted) for mark in marks), key=len)
    if not noted and isinstance(source, Source):
        noted = "\n".join(map(translate, source.notes))
    for note in noted.splitlines():
        console.print(f"  {note}", style="dim", markup=False)


def next_line(stem: str, mark: Mark, path: str, helped: bool, number: int) -> str:
    """What to type next where a check is left.

    helped, number: whether the hint was shown, and the seed of the inputs.
    """
    if mark.outcome == Outcome.GRADER_FAILED:
        return tr("Next: the grader itself failed, which is not your fault: course doctor")
    if mark.outcome == Outcome.NOT_ATTEMPTED:
        return tr("Next: edit {path}, then course check {stem}", path=path, stem=stem)
    if re.match(UNREADABLE, mark.error):
        return tr("Next: fix this line in {path}, then course check {stem}", path=path, stem=stem)
    if helped:
        words = {"stem": stem, "name": mark.check, "seed": number}
        return tr("Next: course try {stem} {name} --seed {seed}", **words)
    return tr("Next: edit {path}, then course check {stem} --hints", path=path, stem=stem)
