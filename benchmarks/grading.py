"""How fast a class is graded, as ratios measured side by side in one run.

    python benchmarks/grading.py [--students 100] [--light] [--flat] [--waste]

A class with all ten exercises (--light: only those that do not train), of which one file in twenty-five never ends, one is hostile
and three are wrong: (a) `course grade -j1`, (b) `-j2`, (c) a fresh process with a TensorFlow import for each file, on a sample of two
files per exercise (not the first ones, which wait for the warm process), (d) the same calls in one warm process with no isolation,
for the honest files. --flat: the time per student in classes of 10, 100 and 1,000. --waste: a class as it is, and with one file in twenty that loops in every
function and one in twenty that sleeps in every function. A hundred students with all exercises take about 65 minutes on two cores.
"""

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parent.parent
TRAINING = ("02_fully_connected", "06_gradient_descent", "09_fit_validation", "10_classifier")
HANGS = "\nwhile True:\n    pass\n"
HOSTILE = "\nimport os, sys\nos.write(1, b'x' * 100)\nos._exit(0)\n"


# In the place of every function of a file: one that never ends, one that only waits.
WASTE = """
def {name}(*_, **__):
    import time
    while True:
        {body}
for _name, _value in list(globals().items()):
    if callable(_value) and getattr(_value, "__module__", None) == __name__:
        globals()[_name] = {name}
"""
LOOPS, SLEEPS = (
    WASTE.format(name="loops", body="pass"),
    WASTE.format(name="sleeps", body="time.sleep(1)"),
)


def make_class(where: Path, students: int, stems: list[str]) -> list[tuple[str, str, str]]:
    """Write the files of a class; returns the honest ones as (stem, path, student)."""
    honest, number = [], 0
    for student in range(students):
        folder = where / f"s{student:04}"
        folder.mkdir(parents=True)
        for stem in stems:
            source = (ROOT / "tests" / "solutions" / f"{stem}.py").read_text("utf-8")
            mistakes = sorted((ROOT / "tests" / "mistakes" / stem).glob("*.py"))
            match number % 25:
                case 7:
                    source += HANGS
                case 15:
                    source += HOSTILE
                case 3 | 11 | 19:
                    source += "\n\n" + mistakes[number % len(mistakes)].read_text("utf-8")
                case _:
                    honest.append((stem, str(folder / f"{stem}.py"), folder.name))
            (folder / f"{stem}.py").write_text(source, "utf-8")
            number += 1
    return honest


def command(where: Path, out: Path, stems: Sequence[str], threads: int) -> list[str]:
    """`course grade` of these exercises, always with the same seed."""
    only = [word for stem in stems for word in ("--only", stem)]
    options = ["--out", str(out), "--seed", "1", f"-j{threads}"]
    return [sys.executable, "-m", "course.cli", "grade", str(where), *options, *only]


def waste(where: Path, students: int, stems: list[str]) -> None:
    """The time of a class with files that loop and sleep beside that of the same class without them."""
    took = {}
    for name, more in (("without", {}), ("with", {9: LOOPS, 19: SLEEPS})):
        number = 0
        for student in range(students):
            (folder := where / name / f"s{student:04}").mkdir(parents=True)
            # Another exercise for each student, so that every kind of file is among them.
            for stem in stems[student % len(stems) :] + stems[: student % len(stems)]:
                source = (ROOT / "tests" / "solutions" / f"{stem}.py").read_text("utf-8")
                source += more.get(number % 20, "")
                (folder / f"{stem}.py").write_text(source, "utf-8")
                number += 1
        took[name] = grade(where / name, 2, stems)["seconds"]
        print(f"{number} files {name} waste: {took[name]:.1f} s", flush=True)
    print(f"with / without: {took['with'] / took['without']:.2f}")


def grade(where: Path, threads: int, stems: list[str]) -> dict[str, Any]:
    """Run `course grade`; its seconds, the peak memory of the trusted process, and the seconds per file."""
    with tempfile.TemporaryDirectory() as out:
        words = command(where, Path(out), stems, threads)
        start, peak = time.perf_counter(), 0
        run = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        trusted = psutil.Process(run.pid)
        while run.poll() is None:
            try:
                peak = max(peak, trusted.memory_info().rss)
                own = sum(trusted.cpu_times()[:2])
            except psutil.Error:
                break
            time.sleep(0.05)
        assert run.wait() == 0
        seconds = time.perf_counter() - start
        with sqlite3.connect(Path(out) / "attempts.sqlite") as db:
            files = {
                (student, stem): took
                for student, stem, took in db.execute(
                    "SELECT student, exercise, seconds FROM attempts"
                )
            }
        return {"seconds": seconds, "peak": peak, "own": own, "files": files}


class Direct:
    """One file's questions in this process, with no isolation: what it hands over is rebuilt right here."""

    def __init__(self, path: str) -> None:
        from course.wall.question import Plan

        self.path, self.plan = path, Plan()
        self.values, self.held = dict[int, Any](), dict[int, Any]()

    def done(self, number: int) -> Any:
        """The value of a step, as a student's process has it."""
        from course.wall import worker
        from course.wall.room import as_request

        step = self.plan.steps[number]
        if number not in self.values and step.op == "either":
            self.values[number] = self.done(step.args[0].step)
        elif number not in self.values:
            for need in sorted(step.needs()):
                self.done(need)
            op = "same" if step.op == "snapshot" else step.op
            key = self.path if op == "student" else step.name
            if op == "student":
                self.values[number], _ = worker.load(Path(key))
            else:
                self.values[number] = worker.do(as_request(step, False, key, op), self.values)
        return self.values[number]

    def answer(self, number: int) -> Any:
        """The value of a step, as the clean room has it."""
        from course.wall import worker
        from course.wall.describe import describe
        from course.wall.message import to_value
        from course.wall.rebuild import rebuild
        from course.wall.room import as_request

        step = self.plan.steps[number]
        if number not in self.held and step.clean:
            for need in sorted(step.needs()):
                self.answer(need)
            op = "keras" if step.op == "clean" else step.op
            request = as_request(step, False, step.name, op)
            self.held[number] = worker.do(request, self.held, True)
        elif number not in self.held:
            self.held[number] = rebuild(to_value(describe(self.done(number))))
        return self.held[number]


def direct(files: list[tuple[str, str, str]]) -> None:
    """In this process, with no isolation: the questions of the checks asked, the verdicts heard; prints seconds per file as JSON."""
    import keras

    from course import seed as seeds
    from course.checks.check import load_checks
    from course.paths import checks_of
    from course.wall.describe import describe
    from course.wall.message import from_value, to_value
    from course.wall.rebuild import tell

    took = []
    for stem, path, student in files:
        start = time.perf_counter()
        seed = seeds.of_student(1, student)
        keras.utils.set_random_seed(seeds.of_worker(seed))
        run = Direct(path)
        for check in load_checks(checks_of(stem), seed):
            answers = [run.answer(run.plan.lay(question)) for question in check.questions]
            told = (from_value(to_value(describe(tell(answer)))) for answer in answers)
            check.verdict(*told)
        took.append(time.perf_counter() - start)
    print(json.dumps(took))


def fresh(files: list[tuple[str, str, str]]) -> list[float]:
    """Seconds of a new process for each file."""
    took = []
    for file in files:
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, __file__, "--direct"],
            input=json.dumps([file]),
            text=True,
            check=True,
            capture_output=True,
        )
        took.append(time.perf_counter() - start)
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--light", action="store_true")
    parser.add_argument("--flat", action="store_true")
    parser.add_argument("--waste", action="store_true")
    parser.add_argument("--direct", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.direct:
        direct([tuple(file) for file in json.load(sys.stdin)])
        return
    stems = sorted(path.stem for path in (ROOT / "tests" / "solutions").glob("[0-9]*.py"))
    light = [stem for stem in stems if stem not in TRAINING]
    with tempfile.TemporaryDirectory() as folder:
        if options.flat:
            for students in (10, 100, 1000):
                make_class(Path(folder) / str(students), students, light[:1])
                told = grade(Path(folder) / str(students), 2, light[:1])
                per_student = told["seconds"] / students
                print(
                    f"{students:>5} students: {per_student:.3f} s each, trusted process {told['peak'] / 2**20:.0f} MiB",
                    flush=True,
                )
            return
        stems = light if options.light else stems
        if options.waste:
            waste(Path(folder), options.students, stems)
            return
        honest = make_class(Path(folder) / "class", options.students, stems)
        print(
            f"{options.students} students, {len(stems)} exercises, {len(honest)} of {options.students * len(stems)} files honest",
            flush=True,
        )
        a, b = grade(Path(folder) / "class", 1, stems), grade(Path(folder) / "class", 2, stems)
        print(
            f"(a) -j1 {a['seconds']:.1f} s, (b) -j2 {b['seconds']:.1f} s: b is {a['seconds'] / b['seconds']:.2f} times as fast",
            flush=True,
        )
        print(
            f"    trusted process: peak {max(a['peak'], b['peak']) / 2**20:.0f} MiB, {a['own']:.1f} s of CPU time of its own"
        )
        alone = [sys.executable, __file__, "--direct"]
        run = subprocess.run(
            alone, input=json.dumps(honest), text=True, check=True, capture_output=True
        )
        warm = json.loads(run.stdout.splitlines()[-1])
        ours = sum(a["files"][student, stem] for stem, _, student in honest)
        print(
            f"(d) honest files, no isolation {sum(warm):.1f} s, by (a) {ours:.1f} s: {ours / sum(warm):.2f} times",
            flush=True,
        )
        sample = [file for stem in stems for file in [f for f in honest if f[0] == stem][1:3]]
        each = dict(
            zip([(student, stem) for stem, _, student in sample], fresh(sample), strict=True)
        )
        for name, some in (("do not train", light), ("train", TRAINING)):
            keys = [key for key in each if key[1] in some]
            if keys:
                new, own = sum(each[key] for key in keys), sum(a["files"][key] for key in keys)
                print(
                    f"(c) {len(keys)} files that {name}, a process each {new:.1f} s, by (a) {own:.1f} s: {new / own:.1f} times",
                    flush=True,
                )


if __name__ == "__main__":
    main()
