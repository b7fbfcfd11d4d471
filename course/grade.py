"""A class: each student's files through the wall, all cores busy, every result stored as it comes."""

import concurrent.futures
import contextlib
import csv
import dataclasses
import functools
import io
import itertools
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from course import material
from course.check import GRADER_FAILED, NOT_ATTEMPTED, Outcome, judge, load_checks
from course.processes import Warm
from course.rebuild import CleanRoom
from course.sandbox import Limits, Room, missing_layers
from course.store import MARK, Attempt, Mark, Store, digest, keras_version, version
from course.submission import HandIn, NoSubmission


def student_seed(run: int, student: str) -> int:
    """The seed of one student's inputs in one run: others cannot hand them on."""
    return zlib.crc32(f"{run}:{student}".encode("utf-8", "surrogatepass"))


def grade_file(stem: str, source: bytes | NoSubmission, seed: int, clean: CleanRoom, limits: Limits | None = None) -> list[Outcome]:
    """The outcomes of all checks of an exercise, for one file's source or for the reason why there is none."""
    checks = load_checks(material.checks_of(stem), seed)
    if isinstance(source, NoSubmission):
        return [Outcome(one, NOT_ATTEMPTED, str(source)) for one in checks]
    with Room(source, f"{stem}.py", seed, limits, clean.warm) as room:
        return [judge(one, room, clean) for one in checks]


class Bench:
    """Where files are graded: one warm process, and a clean room for each thread that comes."""

    def __init__(self) -> None:
        self.warm, self.own, self.rooms = Warm(), threading.local(), list[CleanRoom]()

    def grade(self, stem: str, source: bytes | NoSubmission, seed: int, limits: Limits | None = None) -> tuple[list[Mark], float]:
        """The marks of one file, and the seconds that it took."""
        if not hasattr(self.own, "clean"):
            self.own.clean = CleanRoom(self.warm)
            self.rooms.append(self.own.clean)
        start = time.monotonic()
        outcomes = grade_file(stem, source, seed, self.own.clean, limits)
        return [mark(outcome) for outcome in outcomes], time.monotonic() - start

    def __enter__(self) -> "Bench":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for room in self.rooms:
            room.close()
        self.warm.close()


@functools.cache
def bench() -> Bench:
    """The bench of a process that a cluster lends, kept from one file to the next."""
    return Bench()


def grade_here(
    stem: str, source: bytes | NoSubmission, seed: int, limits: Limits | None = None, weak: bool = False
) -> tuple[list[Mark], float]:
    """Grade one file on this process's own bench: what a cluster's worker is asked to do. Raises OSError where it may not."""
    if (missing := missing_layers()) and not weak:
        raise OSError(f"a worker of the cluster cannot isolate student code fully ({'; '.join(missing)})")
    return bench().grade(stem, source, seed, limits)


SHARED = [name for name in MARK if name in {field.name for field in dataclasses.fields(Outcome)} - {"check", "points", "printed"}]


def mark(outcome: Outcome) -> Mark:
    """An outcome as plain data."""
    check, texts = outcome.check, {name: getattr(outcome, name) for name in SHARED}
    whole: dict[str, Any] = {"outcome": outcome.status, "points": outcome.points, "of": check.points, "printed": outcome.printed[-4000:]}
    return Mark(check=check.name, sentence=check.sentence, hint=check.hint, **whole, **texts)


Job = tuple[str, str, bytes | NoSubmission, int]
Work = Callable[..., tuple[list[Mark], float]]


def jobs(
    hand_ins: Iterable[HandIn], stems: list[str], run_seed: int, store: Store, regrade: bool, done: Callable[[str], None]
) -> Iterator[Job]:
    """Each student's file for each exercise with its seed, read when its turn comes; what is stored already is done."""
    for hand_in in hand_ins:
        seed = student_seed(run_seed, hand_in.student)
        for stem, source in hand_in.sources(stems):
            if not regrade and store.has(hand_in.student, stem, digest(source), seed, version(stem)):
                done(hand_in.student)
            else:
                yield hand_in.student, stem, source, seed


def flow(todo: Iterator[Job], executor: concurrent.futures.Executor, work: Work, width: int, limits: Limits | None) -> Iterator[Attempt]:
    """Attempts as they come, with `width` files under way at a time, so that a class of any size needs little memory."""
    running: dict[concurrent.futures.Future[tuple[list[Mark], float]], Job] = {}
    while True:
        for job in itertools.islice(todo, width - len(running)):
            running[executor.submit(work, *job[1:], limits)] = job
        if not running:
            return
        for future in concurrent.futures.wait(running, return_when=concurrent.futures.FIRST_COMPLETED).done:
            student, stem, source, seed = running.pop(future)
            try:
                marks, seconds = future.result()
            except Exception as error:
                checks, why = load_checks(material.checks_of(stem), seed), f"{type(error).__name__}: {error}"
                marks, seconds = [mark(Outcome(one, GRADER_FAILED, why)) for one in checks], 0.0
            yield Attempt(student, stem, digest(source), seed, marks, seconds, keras=keras_version(), course=version(stem))


def grade_class(
    hand_ins: Iterable[HandIn],
    stems: list[str],
    run_seed: int,
    store: Store,
    threads: int = 1,
    dask: str | None = None,
    regrade: bool = False,
    weak: bool = False,
    limits: Limits | None = None,
    done: Callable[[str], None] = lambda _: None,
) -> None:
    """Grade what is not in the store yet and store each result as it comes; `done` hears of each file.

    threads: how many files at once on this machine. dask: the address of a scheduler whose workers grade instead;
    weak: they may do so with less isolation.
    """
    work: Work
    todo = jobs(hand_ins, stems, run_seed, store, regrade, done)
    with contextlib.ExitStack() as stack:
        if dask is not None:
            import distributed

            client = stack.enter_context(distributed.Client(dask, timeout=30))
            # A file that takes its worker down with it is tried elsewhere, and then given up.
            executor, work = client.get_executor(pure=False, retries=2), functools.partial(grade_here, weak=weak)
            width = 2 * max(1, sum(client.nthreads().values()))
        else:
            executor = stack.enter_context(concurrent.futures.ThreadPoolExecutor(threads))
            work, width = stack.enter_context(Bench()).grade, threads + 1
        try:
            for attempt in flow(todo, executor, work, width, limits):
                store.add(attempt)
                done(attempt.student)
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            raise


def write_csv(path: Path, rows: Iterable[Iterable[object]]) -> None:
    """Write a table whole or not at all; a cell that a spreadsheet would run as a formula gets a quote in front."""
    text = io.StringIO()
    csv.writer(text).writerows([[cell(one) for one in row] for row in rows])
    material.write_text(path, text.getvalue())


def cell(value: object) -> str:
    """A table's cell: numbers short, and a quote in front of what a spreadsheet would run as a formula."""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not isinstance(value, float | int) else text


def by_student(attempts: Iterable[Attempt]) -> Iterator[tuple[str, dict[str, Attempt]]]:
    """The attempts of a view, grouped: each student with the last attempt of each exercise."""
    for student, own in itertools.groupby(attempts, key=lambda attempt: attempt.student):
        yield student, {attempt.exercise: attempt for attempt in own}


def write_gradebook(out: Path, store: Store) -> None:
    """gradebook.csv (a row per student) and checks.csv (a row per check) in the folder `out`."""
    stems = store.exercises()
    book: list[list[object]] = [["student", *stems, "total", "of"]]
    rows: list[list[object]] = [["student", "exercise", "check", "outcome", "points", "of", "seconds", "message"]]
    for student, own in by_student(store.latest()):
        points = {stem: attempt.points for stem, attempt in own.items()}
        of = sum(attempt.of for attempt in own.values())
        book.append([student, *(points.get(stem, "") for stem in stems), sum(points.values()), of])
        for attempt in own.values():
            for m in attempt.marks:
                rows.append([student, attempt.exercise, m.check, m.outcome, m.points, m.of, round(m.seconds, 2), m.message])
    write_csv(out / "gradebook.csv", book)
    write_csv(out / "checks.csv", rows)
