"""The `course` command: parses, and hands on. What needs no Keras answers at once."""

import argparse
import dataclasses
import io
import os
import random
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course import __version__, language, material
from course.language import pad, say, t

if TYPE_CHECKING:
    from course.sandbox import Limits
    from course.store import Store


class Wrong(Exception):
    """Wrong use: one sentence that says what to do instead; exit status 2."""


FORMS = ("gradescope", "gradescope-zip", "classroom50", "canvas", "moodle", "nbgrader", "junit", "summary", "workflow")
SETTINGS = """[pytest]
# Written by `course start`; your progress stands in progress.json.
testpaths = exercises
addopts = --tb=short
"""


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 good, 1 something failed, 2 wrong use."""
    before = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    before.add_argument("--lang", type=language.argument)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that has no Chinese shows question marks.
            stream.reconfigure(errors="replace")
    spoken, rest = before.parse_known_args(argv)
    if spoken.lang is not None:
        # Also for what this starts: lessons run in a process of their own.
        os.environ["COURSE_LANG"] = spoken.lang
    try:
        options = _parser().parse_args(rest)
        return int(options.run(options))
    except (Wrong, material.UnknownStem) as error:
        print(f"course: {t(str(error))}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever read this, as `head` does, has read enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except ModuleNotFoundError as error:
        print(f"course: the package {error.name} is missing: pip install -e . in the course's folder installs all.", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"course: {error.strerror}" + (f": {error.filename}" if error.filename else ""), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        say("Stopped.", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="course", description=t("Deep learning with Keras 3: lessons, exercises and their grader."))
    parser.add_argument("--version", action="version", version=f"course {__version__}")
    parser.add_argument("--lang", metavar="TAG", help=t("the language, en or zh-TW (default: the system's)"))
    parser.set_defaults(run=list_)
    commands = parser.add_subparsers(metavar="command")
    one = commands.add_parser("start", help=t("make a folder to work in"))
    one.add_argument("dir", nargs="?", type=Path, default=Path("."), metavar="DIR")
    one.add_argument("--solutions", action="store_true", help=t("with the author's solutions, where this is a clone"))
    one.set_defaults(run=start)
    one = commands.add_parser("list", help=t("the map of lessons and exercises, and what to do next"))
    one.set_defaults(run=list_)
    one = commands.add_parser("lesson", help=t("run a lesson and save its plots"))
    one.add_argument("stem")
    one.add_argument("--device", choices=["cpu"], help=t("compute on the CPU even where there is a GPU"))
    one.set_defaults(run=lesson)
    one = commands.add_parser("check", help=t("check your exercises"))
    one.add_argument("stems", nargs="*", metavar="STEM")
    one.add_argument("--submission", type=Path, metavar="DIR", help=t("check the files in DIR"))
    one.add_argument("--seed", type=int, metavar="N", help=t("draw the same inputs again"))
    one.add_argument("--hints", action="store_true", help=t("show a hint under each failing check"))
    one.set_defaults(run=check)
    one = commands.add_parser("watch", help=t("check an exercise again each time you save it"))
    one.add_argument("stem", nargs="?", metavar="STEM", help=t("begin with this exercise (default: the first that is not done)"))
    one.set_defaults(run=watch)
    one = commands.add_parser("grade", help=t("grade a class: student folders, zips, or a platform's export"))
    one.add_argument("submissions", type=Path, metavar="SUBMISSIONS")
    one.add_argument("--out", type=Path, required=True, metavar="DIR", help=t("where gradebook.csv and checks.csv go"))
    one.add_argument("--seed", type=int, metavar="N", help=t("draw the same inputs again"))
    one.add_argument("--only", action="append", default=[], metavar="STEM", help=t("grade this exercise alone (again for more)"))
    one.add_argument("-j", "--jobs", type=int, metavar="N", help=t("how many files at once (default: one per core)"))
    one.add_argument("--dask", metavar="ADDRESS", help=t("grade on the cluster of this Dask scheduler"))
    one.add_argument("--regrade", action="store_true", help=t("grade also what was graded before and has not changed"))
    one.add_argument(
        "--limit", action="append", default=[], metavar="NAME=N", help=t("set a limit, as in cpu_seconds=20 (see course doctor)")
    )
    one.add_argument("--weak-isolation", action="store_true", help=t("grade although this machine lacks a layer of isolation"))
    one.set_defaults(run=grade)
    one = commands.add_parser("export", help=t("marks as Gradescope, Canvas, Moodle and others take them"))
    one.add_argument("form", choices=FORMS, metavar="FORM", help=", ".join(FORMS))
    one.add_argument("out", type=Path, metavar="OUT", help=t("the folder that was graded into; of gradescope-zip, the zip to write"))
    one.add_argument("template", type=Path, nargs="?", metavar="FILE", help=t("the file that canvas or moodle gave you to fill in"))
    one.add_argument("--student", metavar="NAME", help=t("this student alone"))
    one.add_argument("--only", action="append", default=[], metavar="STEM", help=t("this exercise alone (again for more)"))
    one.set_defaults(run=export)
    one = commands.add_parser("notebooks", help=t("make notebooks of the lessons and starters"))
    one.add_argument("dir", nargs="?", type=Path, default=Path("notebooks"), metavar="DIR")
    one.set_defaults(run=notebooks)
    one = commands.add_parser("verify", help=t("for authors: prove exercises by their solutions, mistakes and alternatives"))
    one.add_argument("stems", nargs="*", metavar="STEM")
    one.set_defaults(run=verify)
    one = commands.add_parser("doctor", help=t("what this machine has and how student code is isolated here"))
    one.set_defaults(run=doctor)
    return parser


def _is_clone(folder: Path) -> bool:
    """Whether a folder is the course's own, where authors work."""
    return (folder / "pyproject.toml").exists() and (folder / "course" / "cli.py").exists()


def _elsewhere() -> str | None:
    """What to type where this is not a folder to work in: the way to one that is near, or how to make one."""
    here = Path.cwd()
    at_work = (here / ".course").exists() or material.exercise_stems(here / "exercises")
    if at_work and not _is_clone(here):
        return None
    if (here.parent / ".course").exists():
        return "cd .."
    below = next((path.parent.name for path in sorted(here.glob("*/.course"))), None)
    return f"cd {shlex.quote(below)}" if below else "course start my-course"


def start(options: argparse.Namespace) -> int:
    """Copy lessons, starters and checks; what is there already stays as it is."""
    target: Path = options.dir
    solutions = material.HERE.parent / "tests" / "solutions"
    if options.solutions and not solutions.is_dir():
        raise Wrong("the solutions come with a clone of the course only: leave --solutions out.")
    if _is_clone(target):
        raise Wrong("this is the course's own folder: name another, as in `course start my-course`.")
    new = kept = 0
    kinds = {"lessons": material.LESSONS, "exercises": material.EXERCISES}
    for kind, folder in (kinds | ({"solutions": solutions} if options.solutions else {})).items():
        (target / kind).mkdir(parents=True, exist_ok=True)
        for source in sorted(folder.glob("*.py")):
            copy = target / kind / source.name
            if copy.exists():
                kept += 1
            else:
                copy.write_text(language.script(source.read_text("utf-8")), "utf-8")
                new += 1
    for name, text in (("pytest.ini", SETTINGS), (".course", f"{__version__}\n{language.chosen()}\n")):
        if not (target / name).exists():
            (target / name).write_text(text, "utf-8")
    name = target.resolve().name
    say(f"{name}: {new} new files, {kept} kept as they were" if kept else f"{name}: {new} new files")
    say("Next: course list" if target.resolve() == Path.cwd() else f"Next: cd {target} && course list")
    return 0


def list_(_: argparse.Namespace) -> int:
    """One line per stem: its title, and how many checks passed the last time."""
    from rich.console import Console
    from rich.table import Column, Table

    elsewhere = _elsewhere()
    rows = Table.grid("", "", Column(overflow="fold"), padding=(0, 2))
    progress, lessons, exercises = material.progress(Path("progress.json")), material.lesson_stems(), material.exercise_stems()
    upcoming = None
    for stem in sorted({*lessons, *exercises}):
        folder = material.LESSONS if stem in lessons else material.EXERCISES
        state = "lesson only"
        if stem in exercises:
            good, count = material.standing(stem, progress)
            state = "not begun" if not good else "done" if good >= count else f"{good} of {count} checks"
            if state != "done" and upcoming is None:
                upcoming = stem
        rows.add_row(stem, t(state), material.title(folder / f"{stem}.py"))
    console = Console(highlight=False)
    console.print(rows, width=None if console.is_terminal else 120)
    if elsewhere:
        say(f"Next: {elsewhere}")
    elif upcoming is None:
        say(f"All done. Next: course lesson {lessons[0]}")
    elif upcoming in lessons and upcoming not in progress:
        say(f"Next: course lesson {upcoming}, then edit exercises/{upcoming}.py and course check {upcoming}")
    else:
        say(f"Next: edit exercises/{upcoming}.py, then course check {upcoming}")
    return 0


def lesson(options: argparse.Namespace) -> int:
    """Run a lesson in a process of its own; plots go to plots/."""
    from course import present

    stem = material.resolve(options.stem, material.lesson_stems())
    own = Path("lessons") / f"{stem}.py"
    path = own if own.exists() else material.LESSONS / f"{stem}.py"
    plots = {"MPLBACKEND": "module://course.plots", "COURSE_PLOTS": str(Path("plots") / stem)}
    quiet = {"PYTHONUNBUFFERED": "1"} | ({"CUDA_VISIBLE_DEVICES": "-1"} if options.device == "cpu" else {})
    print(f"{stem}: {material.title(path)}", flush=True)
    if present.quietly([sys.executable, "-m", "course.present", str(path)], plots | quiet):
        say(f"The lesson stopped with an error. Next: course doctor, or look at {path}")
        return 1
    say(f"Next: course check {stem}" if stem in material.exercise_stems() else "Next: course list")
    return 0


def notebooks(options: argparse.Namespace) -> int:
    """Write what is not there yet; a notebook that is there stays as it is."""
    from course import notebooks as books

    try:
        written = books.write(options.dir)
    except ImportError as error:
        raise Wrong(f'notebooks want jupytext: pip install "course[notebooks]" ({error}).') from error
    folder, count = options.dir / "lessons", len(written)
    say(f"{options.dir}: {count} new notebooks")
    say(f"Next: open {folder} in Jupyter, VS Code or Colab")
    return 0


def check(options: argparse.Namespace) -> int:
    """pytest on the checks of some exercises, or of all."""
    folder = Path("exercises")
    if options.submission is None:
        _at_work()
    else:
        folder = material.EXERCISES
        if not options.submission.is_dir():
            raise Wrong(f"{options.submission} is no folder.")
    known = material.exercise_stems(folder)
    stems = [material.resolve(stem, known) for stem in options.stems] or known
    arguments = [str(folder / f"test_{stem}.py") for stem in stems]
    for name, value in (("--submission", options.submission), ("--seed", options.seed)):
        if value is not None:
            arguments += [name, str(value)]
    import pytest

    status = pytest.main([*arguments, *(["--hints"] if options.hints else [])])
    return {0: 0, 1: 1}.get(int(status), 2)


def _at_work() -> None:
    """Wrong where this is no folder to work in, with the way to one."""
    if there := _elsewhere():
        raise Wrong(f"this is not the folder with your exercises. Type: {there}")
    if not material.exercise_stems(Path("exercises")):
        raise Wrong("the checks are gone from exercises/: course start . brings them back, and leaves your files as they are.")


def watch(options: argparse.Namespace) -> int:
    """The student's loop, until q."""
    _at_work()
    from course.watch import Watch

    folder = Path("exercises")
    Watch(folder, material.resolve(options.stem, material.exercise_stems(folder)) if options.stem else None).run()
    say("Next: course watch, or course list")
    return 0


def grade(options: argparse.Namespace) -> int:
    """Grade a class; every result is stored as it comes, and the same command goes on where it was stopped."""
    where: Path = options.submissions
    if not where.exists():
        raise Wrong(f"{where} does not exist: name a folder of student folders or zips, or a platform's zip.")
    from course.sandbox import FULL, isolation, missing_layers

    if (weak := missing_layers()) and not options.weak_isolation and options.dask is None:
        raise Wrong(f"this machine cannot isolate student code fully ({'; '.join(weak)}). Grade on Linux, or add --weak-isolation.")
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from course import grade as grading
    from course import report, submission
    from course.store import Store, StoreError

    if options.jobs is not None and options.jobs < 1:
        raise Wrong(f"-j {options.jobs}: write how many files at once, from 1 up.")
    limits = _limits(options.limit)
    stems = material.exercise_stems()
    if options.only:
        stems = sorted({material.resolve(stem, stems) for stem in options.only})
    try:
        found = submission.students(where, stems)
    except submission.NoSubmission as error:
        raise Wrong(str(error)) from error
    if not found:
        raise Wrong(f"{where} holds no student: expected a folder or a zip per student, or a platform's zip.")
    options.out.mkdir(parents=True, exist_ok=True)
    try:
        store = Store(options.out / "attempts.sqlite")
    except StoreError as error:
        raise Wrong(str(error)) from error
    seed = store.seed(options.seed, random.SystemRandom().randrange(10**6))
    threads = options.jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
            task = bar.add_task("grading", total=len(found) * len(stems))

            def done(student: str) -> None:
                bar.update(task, advance=1, description=submission.shown(student)[:24])

            grading.grade_class(found, stems, seed, store, threads, options.dask, options.regrade, options.weak_isolation, limits, done)
    except KeyboardInterrupt:
        say("Stopped; what was graded is kept. Next: the same command goes on from here.", file=sys.stderr)
        return 1
    except (OSError, ImportError) as error:
        if options.dask is None:
            raise
        raise Wrong(f"the cluster at {options.dask} cannot be used ({error}): see 'On a cluster' in docs/teaching.rst.") from error
    finally:
        grading.write_gradebook(options.out, store)
        page = report.write(options.out, store)
    layers = ", ".join(layer for layer in FULL if layer in isolation())
    layers = layers if options.dask is None else t("as each worker of the cluster has it")
    return _told(options.out, store, layers, weak if options.dask is None else [], seed, page)


def _told(out: Path, store: "Store", layers: str, weak: list[str], seed: int, page: Path) -> int:
    """Print what a class came to; 1 where the grader itself failed."""
    from course import grade as grading
    from course import submission

    groups = list(grading.by_student(store.latest()))
    for student, own in groups if len(groups) <= 40 else []:
        earned, of = sum(a.points for a in own.values()), sum(a.of for a in own.values())
        # A name can hold any words, so that the line is no text to look up.
        print(f"{pad(submission.shown(student), 24)}{earned:>6g} / {of:g} {t('points')}")
    count, book = len(groups), out / "gradebook.csv"
    say(f"{count} students; isolation in force: {layers}")
    say(f"--seed {seed} gives the same inputs again; marks are in {book}")
    broken = [a for _, own in groups for a in own.values() if a.broken]
    if weak:
        without = "; ".join(weak)
        say(f"Graded with weak isolation, without: {without}")
    if broken:
        failed = len(broken)
        say(f"The grader itself failed for {failed} files; the same command tries them again. Next: course doctor")
        return 1
    say(f"Next: open {page} in a browser; checks.csv beside it has every message")
    return 0


def export(options: argparse.Namespace) -> int:
    """Print marks in a platform's form, or write Gradescope's autograder."""
    import datetime

    from course import export as forms
    from course.store import Store, StoreError

    known = material.exercise_stems()
    only = sorted({material.resolve(stem, known) for stem in options.only})
    if options.form == "gradescope-zip":
        forms.gradescope_zip(options.out, only)
        say(f"Next: upload {options.out} to Gradescope (Configure Autograder)", file=sys.stderr)
        return 0
    if options.form == "workflow":
        print(forms.WORKFLOW, end="")
        return 0
    if not (options.out / "attempts.sqlite").exists():
        raise Wrong(f"{options.out} was not graded into: name the folder that `course grade --out` was given.")
    try:
        attempts = list(Store(options.out / "attempts.sqlite").latest())
    except StoreError as error:
        raise Wrong(str(error)) from error
    names = sorted({attempt.student for attempt in attempts})
    attempts = [a for a in attempts if (not only or a.exercise in only) and options.student in (None, a.student)]
    if options.form in ("gradescope", "classroom50") and len({a.student for a in attempts}) != 1:
        raise Wrong(f"this form is for one student: add --student NAME, one of {', '.join(map(repr, names[:8]))} …")
    unknown: list[str] = []
    try:
        match options.form:
            case "canvas" | "moodle":
                if options.template is None:
                    raise Wrong(f"name the file that {options.form} gave you to fill in, behind {options.out}.")
                fill = getattr(forms, options.form)
                text, unknown = fill(options.template.read_text("utf-8"), attempts)
            case "classroom50":
                text = forms.classroom50(attempts, os.environ, datetime.datetime.now(datetime.UTC))
            case form:
                text = getattr(forms, form)(attempts)
    except (forms.NoExport, UnicodeDecodeError) as error:
        raise Wrong(f"{options.template or options.out}: {error}") from error
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    if options.form in ("canvas", "moodle") and (broken := sum(attempt.broken for attempt in attempts)):
        say(f"left out, since the grader itself failed there: {broken} files. Next: the same course grade again", file=sys.stderr)
    for student in unknown:
        say(f"not on the platform's list, or more than once: {student!r}", file=sys.stderr)
    return 1 if unknown else 0


def verify(options: argparse.Namespace) -> int:
    """All that must hold of an exercise, in a clone: a line per exercise, and one per fault."""
    from course import verify as proof

    if not (proof.TESTS / "solutions").is_dir():
        raise Wrong("the solutions are not here: `course verify` is for authors, in a clone of the course.")
    import contextlib

    from course import grade as grading
    from course.rebuild import CleanRoom
    from course.sandbox import Warm

    known = material.exercise_stems()
    begun = {path.stem for path in material.EXERCISES.glob("[0-9]*.py")} - set(known)
    if unfinished := begun & {Path(stem).stem for stem in options.stems}:
        raise Wrong(f"{unfinished.pop()} is not whole yet: write its checks, exercises/test_NAME.py.")
    faults = 0
    with Warm() as warm, contextlib.closing(CleanRoom(warm)) as clean:
        for stem in [material.resolve(stem, known) for stem in options.stems] or known:
            try:
                cases = list(proof.cases(stem))
            except FileNotFoundError as error:
                raise Wrong(f"{stem} is not whole yet: write {error.filename}.") from error
            bad = 0
            for name, fault in proof.faults(cases, lambda stem, source, seed: grading.grade_file(stem, source, seed, clean)):
                bad += 1
                print(f"  {stem}: {name}: {fault}", flush=True)
            print(f"{stem:<24}" + (f"{bad} things to mend" if bad else f"all {len(cases)} cases hold"), flush=True)
            faults += bad
    print("Next: pytest -n auto" if not faults else "Next: mend these, then course verify again")
    return 1 if faults else 0


def _limits(given: list[str]) -> "Limits":
    """The limits with what --limit sets."""
    from course.sandbox import Limits

    known = {field.name for field in dataclasses.fields(Limits)}
    values: dict[str, Any] = {}
    for entry in given:
        name, _, number = entry.partition("=")
        if name not in known or not re.fullmatch(r"[0-9]+", number) or int(number) == 0:
            raise Wrong(f"--limit {entry}: write NAME=N with a whole number, NAME one of {', '.join(sorted(known))}.")
        values[name] = int(number)
    return Limits(**values)


def doctor(_: argparse.Namespace) -> int:
    """Versions, devices and isolation; Keras is imported in a process of its own."""
    print(f"course {__version__}, Python {sys.version.split()[0]} on {sys.platform}")
    script = (
        "import keras, tensorflow as tf\n"
        "print(keras.__version__, 'on', keras.backend.backend(), tf.__version__)\n"
        "print(', '.join(d.device_type for d in tf.config.list_physical_devices()))"
    )
    quiet = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"}
    seen = subprocess.run([sys.executable, "-c", script], env=quiet, capture_output=True, text=True)
    if seen.returncode:
        error = (seen.stderr.strip().splitlines() or ["no message"])[-1]
        say(f"Keras does not import: {error}")
    else:
        version, devices = seen.stdout.splitlines()[-2:]
        print(f"Keras {version}")
        say(f"devices: {devices}")
    from course.sandbox import FULL, Limits, isolation, missing_layers

    layers = ", ".join(layer for layer in FULL if layer in isolation())
    limits = ", ".join(f"{name} {value:,}" for name, value in dataclasses.asdict(Limits()).items())
    say(f"isolation: {layers}")
    say(f"limits: {limits}")
    if weak := missing_layers():
        without = "; ".join(weak)
        say(f"missing here: {without} - `course grade` wants --weak-isolation")
    say("Next: course list" if seen.returncode == 0 else "Next: pip install -e . in the course's folder, with its environment active")
    return 0 if seen.returncode == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
