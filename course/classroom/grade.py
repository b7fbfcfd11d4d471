"""A class: each student's files through the wall, all cores busy, every result stored as it comes."""

import concurrent.futures
import contextlib
import functools
import itertools
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from course import paths
from course import seed as seeds
from course.checks.check import Check, load_checks
from course.checks.judge import blank, judge
from course.checks.mark import Mark, Outcome
from course.classroom.files import TYPED, Source, SubmissionError, is_ours
from course.classroom.store import Attempt, Store, digest, keras_version, version
from course.classroom.submissions import HandIn
from course.text import Text
from course.wall.child import Limits
from course.wall.clean import CleanRoom
from course.wall.process import WarmServer
from course.wall.room import Room, missing_layers

# A file, or the reason why there is none.
Given = Source | SubmissionError
Result = tuple[list[Mark], float]


def grade_file(
    stem: str, source: Given | bytes, seed: int, clean: CleanRoom, limits: Limits | None = None
) -> list[Mark]:
    """The marks of all checks of an exercise, for one file's source or for the reason why there is none."""
    return list(
        marks_of(load_checks(paths.checks_of(stem), seed), stem, source, seed, clean, limits)
    )


def marks_of(
    checks: Iterable[Check],
    stem: str,
    source: Given | bytes,
    seed: int,
    clean: CleanRoom,
    limits: Limits | None = None,
) -> Iterator[Mark]:
    """The mark of each check, as it comes."""
    if isinstance(source, SubmissionError):
        yield from (blank(check, Outcome.NOT_ATTEMPTED, source.text) for check in checks)
        return
    with room_of(stem, source, seed, clean, limits) as room:
        for check in checks:
            yield judge(check, room)


def room_of(
    stem: str, source: Source | bytes, seed: int, clean: CleanRoom, limits: Limits | None = None
) -> Room:
    """The room of one file; plain bytes are those of a file of Python."""
    if not isinstance(source, Source):
        source = Source(source, f"{stem}.py")
    room = Room(source, f"{stem}{source.kind}", seed, limits, clean, source.beside)
    room.notes, room.typed = source.notes, source.path == TYPED
    room.untouched = is_ours(f"{stem}{source.kind}", bytes(source))
    return room


class Bench:
    """A place to grade files: a warm server, and a clean room for each thread that comes."""

    def __init__(self) -> None:
        self.warm, self.local, self.rooms = WarmServer(), threading.local(), list[CleanRoom]()

    def grade(self, stem: str, source: Given, seed: int, limits: Limits | None = None) -> Result:
        """The marks of one file, and the seconds that it took."""
        if not hasattr(self.local, "clean"):
            self.local.clean = CleanRoom(self.warm)
            self.rooms.append(self.local.clean)
        start = time.monotonic()
        marks = grade_file(stem, source, seed, self.local.clean, limits)
        return marks, time.monotonic() - start

    def __enter__(self) -> "Bench":
        return self

    def __exit__(self, *_: object) -> None:
        for room in self.rooms:
            room.close()
        self.warm.close()


@functools.cache
def bench() -> Bench:
    """The bench of a process that a cluster lends, kept from one file to the next."""
    return Bench()


def grade_here(
    stem: str, source: Given, seed: int, limits: Limits | None = None, weak: bool = False
) -> Result:
    """Grade one file on this process's bench: what a cluster's worker is asked to do. Raises OSError where it may not."""
    if (missing := missing_layers()) and not weak:
        why = "; ".join(missing)
        raise OSError(f"a worker of the cluster cannot isolate student code fully ({why})")
    return bench().grade(stem, source, seed, limits)


Job = tuple[str, str, Given, int]
Work = Callable[..., Result]


def jobs(
    hand_ins: Iterable[HandIn],
    stems: list[str],
    run_seed: int,
    store: Store,
    regrade: bool,
    done: Callable[[str], None],
) -> Iterator[Job]:
    """Each student's file for each exercise with its seed, read when its turn comes; what is stored already is done."""
    for hand_in in hand_ins:
        student, seed = hand_in.student, seeds.of_student(run_seed, hand_in.student)
        for stem, source in hand_in.sources(stems):
            if not regrade and store.has(student, stem, digest(source), seed, version(stem)):
                done(student)
            else:
                yield student, stem, source, seed


def flow(
    todo: Iterator[Job],
    executor: concurrent.futures.Executor,
    work: Work,
    width: int,
    limits: Limits | None,
    alive: Callable[[], bool] = lambda: True,
) -> Iterator[tuple[Attempt, Given]]:
    """Attempts and their files as they come, with `width` files under way at a time, so that a class of any size needs little memory."""
    running: dict[concurrent.futures.Future[Result], Job] = {}
    while True:
        for job in itertools.islice(todo, width - len(running)):
            running[executor.submit(work, *job[1:], limits)] = job
        if not running:
            return
        first = concurrent.futures.FIRST_COMPLETED
        for future in concurrent.futures.wait(running, return_when=first).done:
            student, stem, source, seed = running.pop(future)
            try:
                marks, seconds = future.result()
            except Exception as error:
                if not alive():
                    raise OSError("its scheduler has ended") from error
                checks = load_checks(paths.checks_of(stem), seed)
                why = Text("{error}: {error1}", error=type(error).__name__, error1=error)
                marks = [blank(check, Outcome.GRADER_FAILED, why) for check in checks]
                seconds = 0.0
            key = digest(source), seed, marks, seconds
            done = Attempt(student, stem, *key, keras=keras_version(), course=version(stem))
            yield done, source


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
    """Grade what is not in the store yet and store each result as it comes.

    Args:
        threads: How many files at once on this machine.
        dask: The address of a scheduler whose workers grade instead.
        weak: They may do so with less isolation.
        done: Hears the student's name after each file.
    """
    work: Work
    client: Any = None
    todo = jobs(hand_ins, stems, run_seed, store, regrade, done)
    with contextlib.ExitStack() as stack:
        executor: concurrent.futures.Executor
        if dask is not None:
            import distributed

            # What goes wrong is told in a sentence of ours.
            for name in ("distributed", "distributed.client", "distributed.core"):
                logging.getLogger(name).setLevel(logging.CRITICAL)
            client = distributed.Client(dask, timeout=30)  # type: ignore[no-untyped-call]
            stack.callback(_closed, client)
            # A file that takes its worker down with it is tried elsewhere, and then given up.
            executor = client.get_executor(pure=False, retries=2)
            work = functools.partial(grade_here, weak=weak)
            width = 2 * max(1, sum(client.nthreads().values()))
        else:
            executor = stack.enter_context(concurrent.futures.ThreadPoolExecutor(threads))
            work, width = stack.enter_context(Bench()).grade, threads + 1
        try:
            for attempt, source in flow(
                todo, executor, work, width, limits, functools.partial(_runs, client)
            ):
                store.add(attempt, source)
                done(attempt.student)
        except BaseException:
            if isinstance(executor, concurrent.futures.ThreadPoolExecutor):
                executor.shutdown(wait=False, cancel_futures=True)
            else:
                with contextlib.suppress(Exception):
                    executor.shutdown(wait=False)
            raise


def _runs(client: Any) -> bool:
    """Whether a cluster can still be asked; this machine always can."""
    return client is None or client.status == "running"


def _closed(client: Any) -> None:
    """Leave a cluster, also one whose scheduler is gone."""
    with contextlib.suppress(Exception):
        client.close(timeout=5)
