"""One run of `course grade`: what was handed in, the store, the bar of progress, and what is said at the end."""

from collections import defaultdict
from pathlib import Path

from course import seed as seeds
from course.classroom import book as books
from course.classroom import report
from course.classroom.book import Book
from course.classroom.files import Source, SubmissionError, everything
from course.classroom.grade import grade_class
from course.classroom.store import Store
from course.classroom.submissions import Intake, students
from course.text import Text, UsageError, pad, printable, say, tr, translate
from course.wall.child import Limits
from course.wall.room import layers

SHOWN_STUDENTS = 40


def _students(where: Path, stems: list[str], names: str | None) -> Intake:
    """The hand-ins, and what they were read as, said. Raises UsageError."""
    try:
        intake = students(where, stems, names)
    except SubmissionError as error:
        raise UsageError(error.text) from error
    if not intake:
        raise UsageError(
            "{path} contains no students: expected one folder or zip per student, or a platform's zip.",
            path=where,
        )
    say("read as {form}: {count} students", form=intake.form, count=len(intake))
    return intake


def _unread(intake: Intake) -> bool:
    """Say what belongs to nobody, and of whom there is more than one hand-in."""
    for student in intake.twice:
        say("Two hand-ins belong to {student}: keep one.", student=printable(student))
    if intake.unread:
        say(
            "not read: {count} files: {names}",
            count=len(intake.unread),
            names=everything(intake.unread),
        )
    if intake.unread or intake.twice:
        say("Next: course grade --plan shows which file is meant for whom")
    return bool(intake.unread or intake.twice)


def show_plan(where: Path, stems: list[str], names: str | None) -> int:
    """Which file is meant for whom, without grading: a line a file; 1 where something belongs to nobody or cannot be read."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Rich

    intake = _students(where, stems, names)
    table = Table(tr("student"), tr("exercise"), tr("file"), tr("note"), box=None, pad_edge=False)
    for hand_in in intake:
        for stem, source in hand_in.sources(stems):
            path, notes = "", source.text if isinstance(source, SubmissionError) else ""
            if isinstance(source, Source):
                path, notes = source.path, "; ".join(map(translate, source.notes))
            cells = printable(hand_in.student), stem, printable(path), translate(notes)
            table.add_row(*map(Rich, cells))
    console = Console(highlight=False)
    console.print(table, width=None if console.is_terminal else 160)
    if _unread(intake):
        return 1
    say("Next: course grade {path}", path=where)
    return 0


class Session:
    """A class to grade into a folder. Raises UsageError where there is nobody, or the folder holds something else."""

    def __init__(
        self,
        where: Path,
        out: Path,
        seed: int | None,
        stems: list[str],
        missing: str,
        names: str | None = None,
    ) -> None:
        self.hand_ins = _students(where, stems, names)
        out.mkdir(parents=True, exist_ok=True)
        self.out, self.stems, self.missing = out, stems, missing
        self.store = Store(out / "attempts.sqlite")
        self.seed = self.store.seed(seed, seeds.new())
        self.layers = layers()

    def grade(
        self, threads: int, dask: str | None, regrade: bool, weak: bool, limits: Limits
    ) -> None:
        """Grade what is not stored yet, and write gradebook and report, also of what was interrupted."""
        from rich.console import Console
        from rich.markup import escape
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        from rich.progress import TimeRemainingColumn as Remaining

        if dask is not None:
            self.layers = Text("as set on each worker of the cluster")
        console = Console(stderr=True)
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Remaining()
        try:
            with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
                task = bar.add_task(tr("grading"), total=len(self.hand_ins) * len(self.stems))

                def done(student: str) -> None:
                    bar.update(task, advance=1, description=escape(student[:24]))

                work = self.hand_ins, self.stems, self.seed, self.store
                grade_class(*work, threads, dask, regrade, weak, limits, done)
        finally:
            self.book = Book(self.store)
            books.write(self.out, self.book)
            self.page = report.write(self.out, self.book)

    def summary(self) -> int:
        """Print what a class came to; 1 where the grader itself failed."""
        totals: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for attempt in self.book.attempts:
            totals[attempt.student][0] += attempt.points
            totals[attempt.student][1] += attempt.of
        for student, (points, of) in totals.items() if len(totals) <= SHOWN_STUDENTS else ():
            print(f"{pad(student, 24)}{points:>6g} / {of:g} {tr('points')}")
        count, layers = len(totals), self.layers
        say("{count} students; isolation in force: {layers}", count=count, layers=layers)
        gradebook = self.out / "gradebook.csv"
        say(
            "add --seed {seed} to get the same random inputs again; marks are in {path}",
            seed=self.seed,
            path=gradebook,
        )
        if self.missing:
            say("Graded with weak isolation, without: {missing}", missing=self.missing)
        if failed := sum(attempt.failed for attempt in self.book.attempts):
            say(
                "The grader itself failed for {count} files; the same command tries them again. Next: course doctor",
                count=failed,
            )
            return 1
        if _unread(self.hand_ins):
            return 1
        say(
            "Next: open {page} in a browser; checks.csv beside it has every message", page=self.page
        )
        return 0
