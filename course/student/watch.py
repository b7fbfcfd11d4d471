"""The student's loop: save a file, and the next thing to fix is on the screen; Keras stays warm in between."""

import contextlib
import dataclasses
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import psutil
from rich.console import Group, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text as Rich
from textual import work
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from course import paths, progress
from course import seed as seeds
from course.checks.check import Check, load_checks
from course.checks.judge import judge
from course.checks.mark import Mark, lines, results
from course.classroom.files import SubmissionError
from course.classroom.grade import room_of
from course.script import translated
from course.student.check import sign
from course.student.folder import notebooks, solution_of, source_of
from course.text import Text, UsageError, pad, tr, translate
from course.wall.clean import CleanRoom
from course.wall.process import WarmServer
from course.wall.question import WHOLE
from course.wall.room import Room

BAR = 16


class Marked(Message):
    """A run has judged one check; `mark` is None when it begins, with all its checks known."""

    def __init__(self, run: "Run", mark: Mark | None = None) -> None:
        super().__init__()
        self.run, self.mark = run, mark


class Finished(Message):
    """A run is through, or could not be made, for the reason in `notice`."""

    def __init__(self, run: "Run", notice: str = "") -> None:
        super().__init__()
        self.run, self.notice = run, notice


@dataclasses.dataclass
class Run:
    """The checks of one exercise, asked once. A thread asks; the screen alone keeps what it hears of."""

    path: Path
    stem: str
    clean: CleanRoom
    # Held by the run that asks: one clean room serves them all.
    turn: threading.Lock
    # Whether large arrays are shown whole.
    whole: bool
    seed: int
    checks: list[Check] = dataclasses.field(default_factory=list)
    cancelled: threading.Event = dataclasses.field(default_factory=threading.Event)
    room: Room | None = None

    def ask(self, post: Callable[[Message], object]) -> None:
        """Judge check after check, those that train last, until the end or until `cancel`."""
        WHOLE.set(self.whole)
        try:
            self.checks = load_checks(self.path.with_name(f"test_{self.stem}.py"), self.seed)
            post(Marked(self))
            source = source_of(self.stem, self.path.parent)
            self.path = Path(source.path)
            with self.turn, room_of(self.stem, source, self.seed, self.clean) as self.room:
                for check in sorted(self.checks, key=lambda check: check.seconds is not None):
                    if self.cancelled.is_set():
                        return
                    post(Marked(self, judge(check, self.room)))
            post(Finished(self))
        except SubmissionError as error:
            post(Finished(self, error.text))
        except Exception as error:
            name = type(error).__name__
            why = Text("The checks could not run: {error}: {error1}", error=name, error1=error)
            post(Finished(self, why))

    def cancel(self) -> None:
        """End what is being asked; the asking thread closes its room, as two must not close one stream."""
        self.cancelled.set()
        if self.room is not None and (child := self.room.child) is not None:
            with contextlib.suppress(psutil.Error):
                child.watched.kill()


class Exercises(ModalScreen[str | None]):
    """The list of exercises, to pick one."""

    CSS = "Exercises { align: center middle; } OptionList { width: 60; height: auto; max-height: 80%; border: round $primary; }"
    BINDINGS: ClassVar = [("escape,l,q", "dismiss", "")]

    def __init__(self, rows: list[tuple[str, str]], current: str) -> None:
        super().__init__()
        self.rows, self.current = rows, current

    def compose(self) -> ComposeResult:
        options = [Option(Rich(f"{pad(stem, 24)}{state}"), id=stem) for stem, state in self.rows]
        picker = OptionList(*options)
        picker.border_subtitle = tr("Enter: open; Esc: back")
        picker.highlighted = [stem for stem, _ in self.rows].index(self.current)
        yield picker

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)


class Watch(App[None]):
    """The screen of one student's folder: the first failing check with all that helps, progress, keys."""

    CSS = "#head, #done { height: auto; padding: 0 1; } #body { padding: 1 2; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, folder: Path, stem: str | None = None) -> None:
        super().__init__()
        self.folder, self.clean = folder, CleanRoom(WarmServer(spare=True))
        self.turn = threading.Lock()
        self.stems = paths.exercise_stems(folder)
        self.stem = stem or self.upcoming()
        self.current: Run | None = None
        self.marks: dict[str, Mark] = {}
        self.busy = self.whole = self.solution_asked = False
        # So many steps of the hint are shown.
        self.hint = 0
        self.notice = ""
        # Exercises that are still to be checked after this one.
        self.queue: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static(id="head")
        with VerticalScroll():
            yield Static(id="body")
        yield Static(id="done")
        yield Footer()

    def on_mount(self) -> None:
        keys = {
            "n": ("next", tr("next")),
            "h": ("hint", tr("hint")),
            "v": ("values", tr("arrays")),
            "l": ("exercises", tr("overview")),
            "a": ("check_all", tr("check all")),
            "s": ("solution", tr("solution")),
            "r": ("reset", tr("reset")),
            "q": ("quit", tr("quit")),
        }
        for key, (action, words) in keys.items():
            self.bind(key, action, description=words)
        self.bind("ctrl+c", "quit", show=False)
        self.title = "course watch"
        self.watch_files()
        self.begin(self.stem)

    def on_unmount(self) -> None:
        if self.current is not None:
            self.current.cancel()
        if self.turn.acquire(timeout=5):
            self.clean.close()
        assert self.clean.warm is not None
        self.clean.warm.close()

    # --- where the student is ---

    def state(self, stem: str) -> str:
        """done, begun or not begun, as progress.json has it."""
        return progress.state(stem, progress.read(), self.folder)

    def upcoming(self, after: str = "") -> str:
        """The first exercise that is not done, looking after one first."""
        left = [stem for stem in self.stems if self.state(stem) != "done"] or self.stems
        return next((stem for stem in left if stem > after), left[0])

    # --- checking ---

    def begin(self, stem: str, notice: str = "", seed: int | None = None) -> None:
        """Check an exercise anew, with inputs drawn anew unless a seed is given; a run that is still going is given up."""
        if self.current is not None:
            self.current.cancel()
        self.stem, self.marks, self.hint, self.solution_asked = stem, {}, 0, False
        self.notice, self.busy = notice, True
        number = seeds.new() if seed is None else seed
        path = self.folder / f"{stem}.py"
        self.current = Run(path, stem, self.clean, self.turn, self.whole, number)
        self.ask(self.current)
        self.draw()

    @work(thread=True)
    def ask(self, run: Run) -> None:
        run.ask(self.post_message)

    def on_marked(self, event: Marked) -> None:
        if event.run is self.current:
            if event.mark is not None:
                self.marks[event.mark.check] = event.mark
            self.draw()

    def on_finished(self, event: Finished) -> None:
        if event.run is not self.current:
            return
        self.busy, self.notice = False, event.notice or self.notice
        if self.marks:
            kept = progress.remember(progress.FILE, self.stem, results(self.marks.values()))
            self.notice = kept or self.notice
        if self.queue:
            last = len(self.queue) == 1
            done = sum(self.state(stem) == "done" for stem in self.stems)
            standing = {"done": done, "count": len(self.stems)}
            words = tr("All checked, {done} of {count} exercises done: l shows which.", **standing)
            self.begin(self.queue.pop(0), words if last else "")
        self.draw()

    @work
    async def watch_files(self) -> None:
        import watchfiles

        for polling in (False, True):
            how = {"debounce": 100, "step": 20, "force_polling": polling, "poll_delay_ms": 300}
            try:
                places = {self.folder, *(p.parent for s in self.stems for p in notebooks(s))}
                there = [place for place in places if place.is_dir()]
                async for changes in watchfiles.awatch(*there, **how):  # type: ignore[arg-type]
                    files = (Path(path) for _, path in changes)
                    names = {path.stem for path in files if path.suffix in (".py", ".ipynb")}
                    for stem in sorted(names & set(self.stems)):
                        self.queue.clear()
                        self.begin(stem, self.notice if self.notice.startswith("↺") else "")
            except OSError:
                self.notice = tr(
                    "This system does not report saved files: looking for changes three times a second."
                )
                self.draw()

    # --- the screen ---

    def draw(self) -> None:
        """Show the state of things."""
        if not self.is_running:
            return
        self.query_one("#head", Static).update(self._head())
        self.query_one("#body", Static).update(Group(*self._body()))
        done = sum(self.state(stem) == "done" for stem in self.stems)
        count = len(self.stems)
        full = round(BAR * done / max(1, count))
        standing = tr("{done} of {count} exercises done", done=done, count=count)
        bar = Rich(f"[{'#' * full}{'-' * (BAR - full)}] {standing}   ")
        self.query_one("#done", Static).update(
            bar + Rich(tr("Save the file to check it again."), "dim")
        )

    def _head(self) -> Rich:
        checks = self.current.checks if self.current else []
        points, of = sum(m.points for m in self.marks.values()), sum(c.points for c in checks)
        score = tr("{points} of {of} points", points=f"{points:g}", of=f"{of:g}") if checks else ""
        head = Rich(f"{self.stem}   {score}   ", style="bold")
        for check in checks:
            mark = self.marks.get(check.name)
            head.append(*(sign(mark.outcome) if mark else ("…", "dim")))
        path = self.current.path if self.current else self.folder / f"{self.stem}.py"
        link = Style(underline=True, link=path.resolve().as_uri()) + Style.on(click="app.open_file")
        return head.append("   ").append(path.as_posix(), link)

    def _marks(self) -> list[Mark]:
        """The marks so far, in the order of the checks."""
        checks = self.current.checks if self.current else []
        return [self.marks[check.name] for check in checks if check.name in self.marks]

    def _body(self) -> list[RenderableType]:
        checks, marks = self.current.checks if self.current else [], self._marks()
        failing = next((mark for mark in marks if not mark.passed), None)
        body: list[RenderableType] = []
        if failing is not None:
            body.append(Rich(f"{translate(failing.sentence)}\n", style="bold red"))
            fields = Table.grid(padding=(0, 1, 0, 2))
            fields.add_column(style="dim", min_width=9, no_wrap=True)
            fields.add_column(overflow="fold")
            for label, text in lines(failing, self.hint, printed=1000):
                fields.add_row(Rich(label), Rich(text))
            body.append(fields)
        elif self.busy:
            body.append(
                Rich(
                    tr("Good so far; checking the parts that train a model …")
                    if marks
                    else tr("Checking …")
                )
            )
        elif checks and len(marks) == len(checks):
            body.append(Rich(tr("All checks pass."), style="bold green"))
            if noted := translate(marks[0].noted):
                body.append(Rich(noted, style="dim"))
            body.append(Rich(tr("Press n for the next exercise.")))
            if solution_of(self.stem) is not None:
                body.append(Rich(tr("Press s for the author's solution.")))
        if self.notice:
            body.append(Rich(f"\n{translate(self.notice)}"))
        return body

    # --- keys ---

    def action_next(self) -> None:
        self.queue.clear()
        before, left = self.stem, self.state(self.stem) != "done"
        words = tr("{stem} is not done yet: l shows all exercises.", stem=before)
        self.begin(self.upcoming(before), words if left else "")

    def action_hint(self) -> None:
        left = [mark for mark in self._marks() if not mark.passed]
        steps = len(left[0].hint.splitlines()) if left else 0
        self.hint, self.notice = (self.hint + 1) % (steps + 1), ""
        self.draw()

    def action_values(self) -> None:
        """The same inputs again, with arrays whole or short."""
        self.whole = not self.whole
        hint, before = self.hint, self.current
        self.begin(self.stem, seed=before.seed if before else None)
        self.hint = hint

    def action_exercises(self) -> None:
        def picked(stem: str | None) -> None:
            if stem is not None:
                self.queue.clear()
                self.begin(stem)

        rows = [(stem, tr(self.state(stem))) for stem in self.stems]
        self.push_screen(Exercises(rows, self.stem), picked)

    def action_check_all(self) -> None:
        self.queue = [*self.stems[1:], self.upcoming()]
        self.begin(self.stems[0])

    def action_solution(self) -> None:
        """The author's solution: once the exercise is done, or at the second press."""
        path = solution_of(self.stem)
        if path is None:
            self.notice = tr("Only a clone of the course has the author's solutions.")
        elif self.state(self.stem) == "done" or self.solution_asked:
            told = tr("{path}: press ↑ and ↓ to scroll.", path=path.name)
            self.notice = f"{told}\n\n{translated(path.read_text('utf-8'))}"
        else:
            self.notice = tr(
                "Not every check passes yet: press s again to see the solution all the same."
            )
        self.solution_asked = True
        self.draw()

    def action_open_file(self) -> None:
        self.open_url((self.folder / f"{self.stem}.py").resolve().as_uri())

    def action_reset(self) -> None:
        """Put the starter back, at the second press; what the student wrote is kept beside it."""
        if self.current is not None and self.current.path.suffix != ".py":
            self.notice = tr("A notebook is not reset here: delete it, and run course notebooks.")
            return self.draw()
        sure = tr(
            "Press r again to restore the starter; your version is kept in a file next to it."
        )
        if self.notice != sure:
            self.notice = sure
            return self.draw()
        path, count = self.folder / f"{self.stem}.py", 1
        while (backup := path.with_name(f"{self.stem}.backup-{count}.txt")).exists():
            count += 1
        self.notice = tr("{path} is the starter again.", path=path)
        if path.exists():
            shutil.copyfile(path, backup)
            self.notice = tr(
                "{path} is the starter again; your version is kept in {backup}",
                path=path,
                backup=backup,
            )
        self.notice = f"↺ {self.notice}"
        starter = paths.EXERCISES / f"{self.stem}.py"
        paths.write_text(path, translated(starter.read_text("utf-8")))
        self.draw()
        return None


def run(folder: Path, stem: str | None) -> None:
    """Watch until q. Raises UsageError where there is no terminal to draw on."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("course watch needs a terminal: run it in one, or use course check.")
    Watch(folder, stem).run()
