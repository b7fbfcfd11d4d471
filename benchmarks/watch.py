"""From a saved file to its verdict: `course watch`, which keeps Keras warm, beside a fresh pytest run, which is what one types otherwise;
and `course watch` as it is where there is no fork, with a spare process that has imported Keras.

python benchmarks/watch.py [--times 5]
"""

import argparse
import contextlib
import os
import pty
import re
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
STEMS = ("01_forward_pass", "04_sequential_model", "05_losses")


def seen(master: int, text: str) -> float:
    """When the text is on the terminal. Raises where it does not come within a minute."""
    came, end = "", time.perf_counter() + 60
    while text not in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", came):
        if time.perf_counter() > end:
            raise TimeoutError(f"{text!r} did not come; the end of what did: {came[-500:]!r}")
        if select.select([master], [], [], 1)[0]:
            came += os.read(master, 65536).decode("utf-8", "replace")
    return time.perf_counter()


# The command as it is on systems without fork.
SPAWNING = "from course.wall.process import WarmServer; WarmServer.available = False; from course import cli; cli.main()"


@contextlib.contextmanager
def watching(folder: str, *python: str) -> Iterator[int]:
    """The terminal of a `course watch` that runs in a folder."""
    master, slave = pty.openpty()
    size = {"COLUMNS": "100", "LINES": "40", "TERM": "xterm", "COURSE_LANG": "en"}
    command = [sys.executable, *python, "watch"]
    streams = {"stdin": slave, "stdout": slave, "stderr": slave}
    watch = subprocess.Popen(command, cwd=folder, env=os.environ | size, **streams)
    try:
        seen(master, "Not written yet")
        time.sleep(2)
        yield master
    finally:
        watch.kill()
        watch.wait()


def verdict(master: int, own: Path, wrong: str, right: str) -> float:
    """Seconds from saving the right file to its verdict; the wrong one was there before."""
    own.write_text(wrong, "utf-8")
    seen(master, "why")
    # A student reads; the spare process imports Keras meanwhile.
    time.sleep(5)
    start = time.perf_counter()
    own.write_text(right, "utf-8")
    return seen(master, "All checks pass.") - start


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    took: dict[str, list[float]] = {}
    for kind, python in (("fork", ("-m", "course.cli")), ("no fork", ("-c", SPAWNING))):
        with tempfile.TemporaryDirectory() as folder:
            start = [sys.executable, "-m", "course.cli", "start", folder]
            subprocess.run(start, check=True, capture_output=True)
            with watching(folder, *python) as master:
                for stem in STEMS:
                    right = (ROOT / "tests" / "solutions" / f"{stem}.py").read_text("utf-8")
                    mistake = min((ROOT / "tests" / "mistakes" / stem).glob("*.py"))
                    wrong = f"{right}\n\n{mistake.read_text('utf-8')}"
                    own = Path(folder) / "exercises" / f"{stem}.py"
                    seconds = [verdict(master, own, wrong, right) for _ in range(times)]
                    took.setdefault(stem, []).append(statistics.median(seconds))
            if kind == "fork":
                for stem in STEMS:
                    fresh = [pytest_run(folder, stem) for _ in range(times)]
                    took[stem].append(statistics.median(fresh))
    for stem, (fork, fresh, spare) in took.items():
        ratios = f"{fresh / fork:.1f} and {fresh / spare:.1f} times"
        print(
            f"{stem:<22}watch {fork:.2f} s, without fork {spare:.2f} s, pytest {fresh:.2f} s: {ratios}"
        )


def pytest_run(folder: str, stem: str) -> float:
    """Seconds of a fresh pytest run of one exercise."""
    start = time.perf_counter()
    words = [sys.executable, "-m", "pytest", "-q", f"exercises/test_{stem}.py"]
    subprocess.run(words, cwd=folder, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
