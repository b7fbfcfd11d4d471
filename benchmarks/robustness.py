"""Do the checks that train judge fairly? Every seed of the solution must pass, every seed of a network that is really wrong must fail.

    python benchmarks/robustness.py [--seeds 20] [--mistakes]

Exit status 0 when no seed was judged wrongly. Twenty seeds take about fifteen minutes on two cores. --mistakes grades every recorded
mistake with every seed besides: no draw of the inputs may let a wrong answer pass by chance.
"""

import argparse
import contextlib
import sys
import time

from course.checks.check import load_checks
from course.checks.verify import TESTS, after_solution, named
from course.classroom.grade import grade_file
from course.paths import checks_of
from course.wall.clean import CleanRoom
from course.wall.process import WarmServer

# The exercises with a check that trains, and a recorded mistake whose network really does not learn.
TRAINING = {
    "02_fully_connected": "slides_sgd",
    "06_gradient_descent": "no_rate",
    "09_fit_validation": "no_validation",
    "10_classifier": "sigmoid_and_sgd",
    "11_penguins": "train_on_raw_columns",
}


def every_mistake() -> list[tuple[str, str]]:
    return [(path.parent.name, path.stem) for path in sorted((TESTS / "mistakes").glob("*/*.py"))]


def judged(stem: str, mistake: str, seeds: range, clean: CleanRoom) -> int:
    """How many seeds of the solution, or of a mistake after it, were judged wrongly."""
    source = (TESTS / "solutions" / f"{stem}.py").read_bytes()
    expected = {one.name for one in load_checks(checks_of(stem), 1)}
    if mistake:
        path = TESTS / "mistakes" / stem / f"{mistake}.py"
        source = after_solution(path).encode()
        expected -= named(path)[0]
    start, good = time.monotonic(), 0
    for seed in seeds:
        marks = grade_file(stem, source, seed, clean)
        passed = {mark.check for mark in marks if mark.passed}
        good += passed == expected
        if passed != expected:
            print(
                f"  seed {seed}: {sorted(passed ^ expected)}",
                [(mark.why, mark.came) for mark in marks if not mark.passed],
            )
    seconds = (time.monotonic() - start) / len(seeds)
    print(
        f"{stem:<22}{mistake or 'solution':<24}{good} of {len(seeds)} seeds as they should be, {seconds:.1f} s each",
        flush=True,
    )
    return len(seeds) - good


def main() -> int:
    """Print a line per exercise: how many seeds of solution and mistake were judged as they should be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument(
        "--mistakes", action="store_true", help="every recorded mistake with every seed"
    )
    options = parser.parse_args()
    seeds = range(100, 100 + options.seeds)
    wrongly = 0
    with WarmServer() as warm, contextlib.closing(CleanRoom(warm)) as clean:
        for stem, mistake in (
            [(stem, "") for stem in TRAINING] + list(TRAINING.items())
            if not options.mistakes
            else every_mistake()
        ):
            wrongly += judged(stem, mistake, seeds, clean)
    return 1 if wrongly else 0


if __name__ == "__main__":
    sys.exit(main())
