"""The `course` command: parses, and hands on. What needs no Keras answers at once."""

import argparse
import dataclasses
import io
import os
import shlex
import subprocess
import sys
from pathlib import Path

from course import __version__, language, material, teaching
from course.language import say, t
from course.material import Wrong

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
    except Wrong as error:
        print(f"course: {t(str(error))}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        language.hush()
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
    one.set_defaults(run=teaching.grade)
    one = commands.add_parser("export", help=t("marks as Gradescope, Canvas, Moodle and others take them"))
    one.add_argument("form", choices=teaching.FORMS, metavar="FORM", help=", ".join(teaching.FORMS))
    one.add_argument("out", type=Path, metavar="OUT", help=t("the folder that was graded into; of gradescope-zip, the zip to write"))
    one.add_argument("template", type=Path, nargs="?", metavar="FILE", help=t("the file that canvas or moodle gave you to fill in"))
    one.add_argument("--student", metavar="NAME", help=t("this student alone"))
    one.add_argument("--only", action="append", default=[], metavar="STEM", help=t("this exercise alone (again for more)"))
    one.set_defaults(run=teaching.export)
    one = commands.add_parser("notebooks", help=t("make notebooks of the lessons and starters"))
    one.add_argument("dir", nargs="?", type=Path, default=Path("notebooks"), metavar="DIR")
    one.set_defaults(run=notebooks)
    one = commands.add_parser("verify", help=t("for authors: prove exercises by their solutions, mistakes and alternatives"))
    one.add_argument("stems", nargs="*", metavar="STEM")
    one.set_defaults(run=teaching.verify)
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
