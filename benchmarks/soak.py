"""A thousand students, one in twenty hostile, the grader killed and started again five times: every mark must be that of a quiet run.

    python benchmarks/soak.py [--students 1000] [--kills 5]

Exit status 0 when the marks are equal and nothing is left behind.
"""

import argparse
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from grading import command

from course.classroom.book import Book
from course.classroom.store import Store

ROOT = Path(__file__).parent.parent
STEM = "01_forward_pass"
THREADS = 2


def stored(out: Path) -> int:
    try:
        with sqlite3.connect(f"file:{out / 'attempts.sqlite'}?mode=ro", uri=True) as db:
            return int(db.execute("SELECT count(*) FROM attempts").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def marks(out: Path) -> list[tuple[str, list[tuple[str, str, float]]]]:
    return [
        (a.student, [(m.check, m.outcome, m.points) for m in a.marks])
        for a in Book(Store(out / "attempts.sqlite")).attempts
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--students", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=5)
    options = parser.parse_args()
    rng = random.Random(1)
    solution = (ROOT / "tests" / "solutions" / f"{STEM}.py").read_bytes()
    hostile = sorted((ROOT / "tests" / "hostile").glob("*.py"))
    mistakes = sorted((ROOT / "tests" / "mistakes" / STEM).glob("*.py"))
    with tempfile.TemporaryDirectory() as folder:
        where, quiet, killed = (Path(folder) / name for name in ("class", "quiet", "killed"))
        for number in range(options.students):
            (where / f"s{number:04}").mkdir(parents=True)
            more = b""
            if number % 20 == 7:
                more = rng.choice(hostile).read_bytes()
            elif number % 3 == 0:
                more = rng.choice(mistakes).read_bytes()
            (where / f"s{number:04}" / f"{STEM}.py").write_bytes(solution + b"\n\n" + more)
        start = time.monotonic()
        subprocess.run(command(where, quiet, [STEM], THREADS), check=True, capture_output=True)
        print(
            f"quiet run: {options.students} students in {time.monotonic() - start:.0f} s",
            flush=True,
        )
        moments = sorted(rng.sample(range(options.students // 20, options.students), options.kills))
        for moment in moments:
            run = subprocess.Popen(
                command(where, killed, [STEM], THREADS),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            while run.poll() is None and stored(killed) < moment:
                time.sleep(0.05)
            run.send_signal(signal.SIGKILL)
            run.wait()
            print(f"killed with {stored(killed)} stored", flush=True)
        subprocess.run(command(where, killed, [STEM], THREADS), check=True, capture_output=True)
        time.sleep(2)
        left = [
            p.pid
            for p in psutil.process_iter(["cmdline"])
            if "course.warm" in (p.info["cmdline"] or [])
        ]
        equal = marks(quiet) == marks(killed)
        print(
            f"marks equal: {equal}; attempts stored: {stored(killed)}; processes left: {len(left)}"
        )
        return 0 if equal and stored(killed) == options.students and not left else 1


if __name__ == "__main__":
    sys.exit(main())
