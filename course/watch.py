"""The student's loop: save a file, and the next thing to mend stands on the screen; Keras stays warm in between."""

import contextlib
import dataclasses
import queue
import shutil
import sys
import threading
import time
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table
from rich.text import Text

from course import material
from course.check import NOT_ATTEMPTED, PASSED, Check, Outcome, judge, load_checks, report
from course.language import script, t
from course.plugin import as_data, remember
from course.processes import Warm
from course.rebuild import CleanRoom
from course.sandbox import Room
from course.submission import NoSubmission, find, source_of

KEYS = {"n": "next", "h": "hint", "l": "overview", "a": "check all", "s": "solution", "r": "reset", "q": "quit"}
SURE = "Press r once more to put the starter back; what you wrote is kept in a file beside it."
SIGNS = {PASSED: ("✓", "green"), NOT_ATTEMPTED: ("·", "dim")}


@dataclasses.dataclass
class Screen:
    """What is shown: the exercise in hand, its outcomes so far, and what was last asked for."""

    stem: str
    outcomes: dict[str, Outcome] = dataclasses.field(default_factory=dict)
    checks: list[Check] = dataclasses.field(default_factory=list)
    hint: bool = False
    busy: bool = False
    notice: str = ""


class Watch:
    """The loop of one student's folder; `events` holds saved stems and pressed keys, in order."""

    def __init__(self, folder: Path, stem: str | None = None) -> None:
        self.folder, self.console = folder, Console(highlight=False)
        self.stems = material.exercise_stems(folder)
        self.events: queue.Queue[tuple[str, str]] = queue.Queue()
        self.warm = Warm()
        self.room: Room | None = None
        self.turn = 0
        self.reset_at = -10.0
        self.screen = Screen(stem or self.upcoming())

    # --- what is done ---

    def state(self, stem: str) -> str:
        """done, begun or not begun, from progress.json."""
        good, count = material.standing(stem, material.progress(Path("progress.json")), self.folder)
        return "not begun" if not good else "done" if good >= count else "begun"

    def upcoming(self, behind: str = "") -> str:
        """The first exercise that is not done, looking behind one first."""
        left = [stem for stem in self.stems if self.state(stem) != "done"] or self.stems
        return next((stem for stem in left if stem > behind), left[0])

    # --- checking ---

    def begin(self, stem: str, keep_notice: bool = False) -> None:
        """Check an exercise anew in the background; what was running is given up."""
        self.turn += 1
        self._interrupt()
        self.screen = Screen(stem, busy=True, notice=self.screen.notice if keep_notice else "")
        threading.Thread(target=self._check, args=(stem, self.turn), daemon=True).start()

    def _interrupt(self) -> None:
        """End what is being asked. The thread that asks then closes its own room: two threads must not close one stream."""
        if self.room is not None and (child := self.room.child) is not None:
            with contextlib.suppress(psutil.Error):
                child.watched.kill()

    def _check(self, stem: str, turn: int) -> None:
        seed = int(time.time()) % 10**6
        try:
            # What does not train comes first, so that a verdict is there at once.
            checks = load_checks(self.folder / f"test_{stem}.py", seed)
            self.screen.checks = checks
            source = source_of(find(self.folder, stem))
            with Room(source, f"{stem}.py", seed, None, self.warm) as self.room, contextlib.closing(CleanRoom(self.warm)) as clean:
                for one in sorted(checks, key=lambda one: one.seconds is not None):
                    if turn != self.turn:
                        return
                    outcome = judge(one, self.room, clean)
                    if turn != self.turn:
                        return
                    self.screen.outcomes[one.name] = outcome
                    self.events.put(("shown", ""))
        except NoSubmission as error:
            self.screen.notice = str(error)
        except Exception as error:
            self.screen.notice = f"The checks could not run: {type(error).__name__}: {error}"
        if turn == self.turn:
            self.screen.busy = False
            if self.screen.outcomes:
                remember(Path("progress.json"), {stem: as_data(list(self.screen.outcomes.values()))})
            self.events.put(("shown", ""))

    # --- the screen ---

    def draw(self) -> None:
        """Clear, and show: the next failing check with all that helps, the course's progress, the keys."""
        screen, out = self.screen, self.console
        out.clear()
        outcomes = [screen.outcomes[one.name] for one in screen.checks if one.name in screen.outcomes]
        points, of = sum(o.points for o in outcomes), sum(one.points for one in screen.checks)
        score = t(f"{points:g} of {of:g} points") if screen.checks else ""
        head = Text(f"{screen.stem}   {score}   ")
        for one in screen.checks:
            status = screen.outcomes[one.name].status if one.name in screen.outcomes else ""
            head.append(*(SIGNS.get(status, ("✗", "red")) if status else ("…", "dim")))
        out.print(head, style="bold")
        failing = next((o for o in outcomes if o.status != PASSED), None)
        if failing is not None:
            out.print(Text(f"\n{t(failing.check.sentence)}\n", style="bold red"))
            fields = Table.grid(padding=(0, 1, 0, 2))
            fields.add_column(style="dim", min_width=9, no_wrap=True)
            fields.add_column(overflow="fold")
            for label, text in report(failing, screen.hint):
                fields.add_row(Text(label), Text("\n".join(text.splitlines()[:13])))
            if failing.printed.strip():
                fields.add_row(Text(t("printed")), Text(failing.printed.strip().splitlines()[-1][:400], style="dim"))
            out.print(fields)
        elif screen.busy:
            out.print("\n" + t("Checking …" if not outcomes else "Good so far; checking what trains …"))
        elif screen.checks and len(outcomes) == len(screen.checks):
            out.print(Text("\n" + t("All checks pass."), style="bold green"))
            if self.solution(screen.stem) is not None:
                out.print(t("The author's solution is there: press s to read it beside yours."))
        if screen.notice:
            out.print(Text(f"\n{t(screen.notice)}"))
        done = sum(self.state(stem) == "done" for stem in self.stems)
        width = 30
        count = len(self.stems)
        full = round(width * done / max(1, count))
        standing = t(f"{done} of {count} exercises done")
        out.print(Text(f"\n[{'#' * full}{'-' * (width - full)}] {standing}"))
        keys = {key: word for key, word in KEYS.items() if key != "s" or self.solution(screen.stem) is not None}
        known = ", ".join(f"{key} {t(word)}" for key, word in keys.items())
        out.print(Text(t(f"Save the file to check it again. Keys: {known}")))

    def solution(self, stem: str) -> Path | None:
        """The author's solution, where the folder or the clone holds it, once the exercise is done."""
        places = (Path("solutions") / f"{stem}.py", self.folder.parent / "tests" / "solutions" / f"{stem}.py")
        return next((path for path in places if path.exists() and self.state(stem) == "done"), None)

    # --- keys ---

    def press(self, key: str) -> bool:
        """What a key does; False when it ends the loop."""
        screen = self.screen
        asked, screen.notice = screen.notice == SURE, ""
        match key.lower():
            case "q" | "\x03":
                return False
            case "n":
                self.begin(self.upcoming(screen.stem))
            case "h":
                screen.hint = not screen.hint
            case "l":
                screen.notice = self.overview()
            case "a":
                self.begin(self.stems[0])
                self.everything()
            case "s" if (path := self.solution(screen.stem)) is not None:
                screen.notice = f"{path}:\n\n{path.read_text('utf-8')}"
            case "r":
                self.reset(screen.stem, asked)
        return True

    def everything(self) -> None:
        """Check all exercises in order, each as soon as the one before is through."""
        for stem in self.stems:
            if stem != self.screen.stem:
                self.begin(stem)
            while self.screen.busy:
                kind, what = self.events.get()
                if kind != "shown":
                    self.events.put((kind, what))
                    return
                self.draw()
        self.begin(self.upcoming())
        self.screen.notice = self.overview()

    def overview(self) -> str:
        """Every exercise with its state."""
        return "\n".join(f"{stem:<22}{t(self.state(stem))}" for stem in self.stems)

    def reset(self, stem: str, sure: bool) -> None:
        """Put the starter back, at the second press; what the student wrote is kept beside it."""
        if not sure:
            self.screen.notice = SURE
            return
        self.reset_at = time.monotonic()
        path, count = self.folder / f"{stem}.py", 1
        while (backup := path.with_name(f"{stem}.backup-{count}.txt")).exists():
            count += 1
        self.screen.notice = f"{path} is the starter again."
        if path.exists():
            shutil.copyfile(path, backup)
            self.screen.notice = f"{path} is the starter again; yours is kept in {backup}"
        material.write_text(path, script((material.EXERCISES / f"{stem}.py").read_text("utf-8")))

    # --- the loop ---

    def run(self) -> None:
        """Until q: wait for saves and keys, and show."""
        threading.Thread(target=self._saves, daemon=True).start()
        threading.Thread(target=self._keys, daemon=True).start()
        self.begin(self.screen.stem)
        try:
            while True:
                self.draw()
                kind, what = self.events.get()
                if kind == "saved":
                    self.begin(what, keep_notice=time.monotonic() - self.reset_at < 2)
                elif kind == "notice":
                    self.screen.notice = what
                elif kind == "key" and not self.press(what):
                    return
        finally:
            self.turn += 1
            self._interrupt()
            self.warm.close()

    def _saves(self) -> None:
        import watchfiles

        for polling in (False, True):
            try:
                for changes in watchfiles.watch(self.folder, debounce=100, step=20, force_polling=polling, poll_delay_ms=300):
                    saved = {Path(path).stem for _, path in changes if Path(path).suffix == ".py"} & set(self.stems)
                    for stem in sorted(saved):
                        self.events.put(("saved", stem))
            except OSError:
                notice = "This system does not tell of saved files: looking for changes three times a second."
                self.events.put(("notice", notice))

    def _keys(self) -> None:
        import readchar

        if not sys.stdin.isatty():
            return
        while True:
            try:
                self.events.put(("key", readchar.readkey()))
            except KeyboardInterrupt:
                self.events.put(("key", "q"))
