"""Do the checks that train judge fairly? Every seed of the solution must pass, every seed of a network that is really wrong must fail.

    python benchmarks/robustness.py [--seeds 20]

Exit status 0 when no seed was judged wrongly. Twenty seeds take about fifteen minutes on two cores.
"""

import argparse
import ast
import contextlib
import sys
import time
from pathlib import Path

from course.check import PASSED, load_checks
from course.grade import grade_file
from course.material import checks_of
from course.rebuild import CleanRoom
from course.sandbox import Warm

TESTS = Path(__file__).parent.parent / "tests"
# The exercises with a check that trains, and a recorded mistake whose network really does not learn.
TRAINING = {
    "02_fully_connected": "slides_sgd",
    "06_gradient_descent": "no_rate",
    "09_fit_validation": "no_validation",
    "10_classifier": "sigmoid_and_sgd",
}


def main() -> int:
    """Print a line per exercise: how many seeds of solution and mistake were judged as they should be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=20)
    seeds = range(100, 100 + parser.parse_args().seeds)
    wrongly = 0
    with Warm() as warm, contextlib.closing(CleanRoom(warm)) as clean:
        for stem, mistake in TRAINING.items():
            solution = (TESTS / "solutions" / f"{stem}.py").read_text("utf-8")
            wrong = (TESTS / "mistakes" / stem / f"{mistake}.py").read_text("utf-8")
            named = ast.get_docstring(ast.parse(wrong)) or ""
            missing = set(named.splitlines()[0].removeprefix("Misses: ").split(", "))
            every = {one.name for one in load_checks(checks_of(stem), 1)}
            for what, source, expected in (("solution", solution, every), (mistake, f"{solution}\n\n{wrong}", every - missing)):
                start, good = time.monotonic(), 0
                for seed in seeds:
                    outcomes = grade_file(stem, source.encode(), seed, clean)
                    passed = {o.check.name for o in outcomes if o.status == PASSED}
                    good += passed == expected
                    if passed != expected:
                        print(f"  seed {seed}: {sorted(passed ^ expected)}", [(o.why, o.came) for o in outcomes if o.status != PASSED])
                wrongly += len(seeds) - good
                seconds = (time.monotonic() - start) / len(seeds)
                print(f"{stem:<22}{what:<18}{good} of {len(seeds)} seeds as they should be, {seconds:.1f} s each", flush=True)
    return 1 if wrongly else 0


if __name__ == "__main__":
    sys.exit(main())
