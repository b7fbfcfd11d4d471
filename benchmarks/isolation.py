"""What isolation costs: one student's file by a new process each, by the warm fork with all confinement, and with none at all.

    python benchmarks/isolation.py [--rounds N] [--soak N]

Prints medians in seconds and their ratios, measured side by side in one run. Two jobs: build the slides' network and tell its
summary; the same and one epoch of fit (800 x 200, batch 16). `--soak N` also sends N files through one warm process, and N/2 two at
a time, and counts what is left behind.
"""

import argparse
import concurrent.futures
import contextlib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil

from course.wall.child import Limits
from course.wall.clean import CleanRoom
from course.wall.process import WarmServer, environment
from course.wall.question import student
from course.wall.room import Answer, Room

SOURCE = Path(__file__).with_name("isolation_student.py").read_bytes()
X, Y = np.random.default_rng(1).normal(size=(800, 200)), np.eye(5)[np.arange(800) % 5]


def one_file(clean: CleanRoom | None, fit: bool) -> float:
    """Seconds from a student's file to its last answer; without a clean room both processes are new."""
    start = time.perf_counter()
    with contextlib.ExitStack() as stack:
        own = clean or stack.enter_context(contextlib.closing(CleanRoom(None)))
        room = stack.enter_context(Room(SOURCE, "student.py", 1, Limits(), own))
        model = student.build()
        questions = [model, student.fit(model, X, Y)] if fit else [model]
        assert all(isinstance(room.ask(question), Answer) for question in questions)
    return time.perf_counter() - start


# The same calls in one process, again and again, with no isolation: the floor.
BARE = """
import sys, time
sys.path.insert(0, sys.argv[1])
import numpy as np, isolation_student as student
from course.wall.describe import describe
from course.wall.message import Told, pack, to_value
from course.wall.rebuild import rebuild, tell
x, y = np.random.default_rng(1).normal(size=(800, 200)), np.eye(5)[np.arange(800) % 5]
for _ in range(int(sys.argv[3]) + 1):
    start = time.perf_counter()
    model = student.build()
    pack(Told(1, to_value(tell(rebuild(to_value(describe(model)))))))
    if sys.argv[2] == "fit":
        pack(Told(2, to_value(describe(student.fit(model, x, y)))))
    print(time.perf_counter() - start, flush=True)
"""


def bare(fit: bool, rounds: int) -> float:
    words = [
        sys.executable,
        "-c",
        BARE,
        str(Path(__file__).parent),
        "fit" if fit else "build",
        str(rounds),
    ]
    run = subprocess.run(
        words, env=environment(Path("/tmp")), capture_output=True, text=True, check=True
    )
    # The first round starts TensorFlow's runtime.
    return statistics.median(float(line) for line in run.stdout.split()[1:])


def median(job: Callable[[], float], rounds: int) -> float:
    return statistics.median(job() for _ in range(rounds))


# What files that waste time cost at most: a file that loops, or sleeps, in every function.
WASTE = {"loops": "while True: pass", "sleeps": "import time; time.sleep(10**6)"}


def waste() -> None:
    """Seconds that a whole exercise takes whose every function loops or sleeps."""
    from course.classroom.grade import grade_file

    names = ("mean_squared_error", "root_mean_squared_error", "mean_absolute_error", "choose_loss")
    with WarmServer() as warm, contextlib.closing(CleanRoom(warm)) as clean:
        for name, body in WASTE.items():
            source = "".join(f"def {function}(*a):\n    {body}\n" for function in names)
            start = time.perf_counter()
            marks = grade_file("05_losses", source.encode(), 1, clean)
            assert not any(mark.passed for mark in marks)
            print(f"a file that {name} in every function: {time.perf_counter() - start:.0f} s")


def several(warm: WarmServer) -> None:
    """Twenty files by a clean room of this thread's own."""
    with contextlib.closing(CleanRoom(warm)) as clean:
        for _ in range(20):
            one_file(clean, fit=False)


def soak(warm: WarmServer, count: int) -> None:
    me = psutil.Process()

    def left() -> tuple[int, int, int]:
        return (
            me.num_fds(),
            len(me.children(recursive=True)),
            len(list(Path("/tmp").glob("course-*"))),
        )

    before, start = left(), time.perf_counter()
    assert warm.process is not None
    warm_memory = psutil.Process(warm.process.pid).memory_info().rss
    with contextlib.closing(CleanRoom(warm)) as clean:
        for _ in range(count):
            one_file(clean, fit=False)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: several(warm), range(count // 40 or 1)))
    grown = psutil.Process(warm.process.pid).memory_info().rss - warm_memory
    took = time.perf_counter() - start
    print(
        f"soak: {count} in a row and {count // 2} two at a time in {took:.0f} s; the warm process grew by {grown / 2**20:.1f} MiB"
    )
    print(f"descriptors, processes, folders before {before}, after {left()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--soak", type=int, default=0, metavar="N")
    parser.add_argument("--waste", action="store_true", help="files that loop or sleep, too")
    options = parser.parse_args()
    with WarmServer() as warm, contextlib.closing(CleanRoom(warm)) as clean:
        one_file(clean, fit=False)
        for name, fit in (("build and summary", False), ("the same and a small fit", True)):
            fresh = median(lambda fit=fit: one_file(None, fit), max(3, options.rounds // 3))
            forked = median(lambda fit=fit: one_file(clean, fit), options.rounds)
            floor = bare(fit, options.rounds)
            print(
                f"{name}: (a) new process {fresh:.3f} s, (b) warm fork {forked:.3f} s, (c) no isolation {floor:.3f} s"
            )
            print(f"  (a)/(b) = {fresh / forked:.1f}, (b)/(c) = {forked / floor:.1f}")
        if options.soak:
            soak(warm, options.soak)
    if options.waste:
        waste()


if __name__ == "__main__":
    main()
