"""From a saved file to its verdict: `course watch`, which keeps Keras warm, beside a fresh pytest run, which is what one types otherwise.

python benchmarks/watch.py [--times 5]
"""

import argparse
import os
import pty
import re
import select
import statistics
import subprocess
import sys
import tempfile
import time
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


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        run = [sys.executable, "-m", "course.cli"]
        subprocess.run([*run, "start", folder], check=True, capture_output=True)
        master, slave = pty.openpty()
        environment = os.environ | {
            "COLUMNS": "100",
            "LINES": "40",
            "TERM": "xterm",
            "COURSE_LANG": "en",
        }
        watch = subprocess.Popen(
            [*run, "watch"], cwd=folder, stdin=slave, stdout=slave, stderr=slave, env=environment
        )
        seen(master, "Not written yet")
        time.sleep(2)
        for stem in STEMS:
            solution = (ROOT / "tests" / "solutions" / f"{stem}.py").read_text("utf-8")
            mistake = min((ROOT / "tests" / "mistakes" / stem).glob("*.py")).read_text("utf-8")
            own, loop, fresh = Path(folder) / "exercises" / f"{stem}.py", [], []
            for _ in range(times):
                own.write_text(f"{solution}\n\n{mistake}", "utf-8")
                seen(master, "why")
                time.sleep(1)
                start = time.perf_counter()
                own.write_text(solution, "utf-8")
                loop.append(seen(master, "All checks pass.") - start)
                start = time.perf_counter()
                subprocess.run(
                    [sys.executable, "-m", "pytest", "-q", str(own.with_name(f"test_{stem}.py"))],
                    cwd=folder,
                    capture_output=True,
                )
                fresh.append(time.perf_counter() - start)
            a, b = statistics.median(loop), statistics.median(fresh)
            print(f"{stem:<22}watch {a:.2f} s, pytest {b:.2f} s: {b / a:.1f} times", flush=True)
        watch.kill()


if __name__ == "__main__":
    main()
