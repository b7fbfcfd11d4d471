"""The `course` command: parses, and hands on. What needs no Keras answers at once."""

import argparse
import contextlib
import dataclasses
import errno
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course import __version__, paths, text
from course.text import CourseError, UsageError, complain, say, tr

if TYPE_CHECKING:
    from course.classroom.store import Store
    from course.wall.child import Limits


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 good, 1 something failed, 2 wrong use."""
    before = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    before.add_argument("--lang", type=text.language_argument)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that has no Chinese shows question marks.
            stream.reconfigure(errors="replace")
    spoken, rest = before.parse_known_args(argv)
    if spoken.lang is not None:
        # Also for what this starts: lessons run in a process of their own.
        os.environ["COURSE_LANG"] = spoken.lang
    try:
        with text.pinned_language():
            text.warn_untranslated()
            options = vars(_parsed(rest))
            del options["lang"]
            return int(options.pop("run")(**options) or 0)
    except CourseError as error:
        print(f"course: {text.translate(error.text)}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        text.silence()
        return 1
    except ModuleNotFoundError as error:
        complain(
            "course: the package {name} is missing: pip install -e . in the course's folder installs all.",
            name=error.name,
        )
        return 2
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            complain("course: the disk is full. Free some space, and type the same command again.")
            return 2
        print(
            f"course: {error.strerror}" + (f": {error.filename}" if error.filename else ""),
            file=sys.stderr,
        )
        return 2
    except KeyboardInterrupt:
        complain("Stopped.")
        return 1


def _parsed(arguments: list[str]) -> argparse.Namespace:
    """The arguments, parsed; a command that is nearly right is told."""
    parser, commands = _parser()
    if "_ARGCOMPLETE" in os.environ:
        import argcomplete

        argcomplete.autocomplete(parser)
    given = next(iter(arguments), "-")
    if not given.startswith("-") and given not in commands:
        import difflib

        if near := difflib.get_close_matches(given, commands, 1):
            raise UsageError(
                "there is no command {given}. Did you mean: course {near}",
                given=given,
                near=near[0],
            )
        raise UsageError(
            "there is no command {given}. The commands are: {known}",
            given=given,
            known=", ".join(commands),
        )
    return parser.parse_args(arguments)


def _exercises(**_: object) -> list[str]:
    """What a shell completes where an exercise's name is wanted."""
    return paths.exercise_stems()


def _lessons(**_: object) -> list[str]:
    return paths.lesson_stems()


def _argparse_words() -> None:
    """What argparse says by itself, in the language in force: it asks gettext for each message."""
    argparse._ = tr  # type: ignore[attr-defined]


def _parser() -> tuple[argparse.ArgumentParser, list[str]]:
    _argparse_words()
    about = tr("Deep learning with Keras 3: lessons, exercises and their grader.")
    parser = argparse.ArgumentParser(prog="course", description=about)
    parser.add_argument("--version", action="version", version=f"course {__version__}")
    parser.add_argument(
        "--lang", metavar="TAG", help=tr("the language, en or zh-TW (default: the system's)")
    )
    parser.set_defaults(run=list_)
    commands = parser.add_subparsers(metavar="command")

    def command(run: Callable[..., int | None], about: str) -> Callable[..., Any]:
        parser_of_command = commands.add_parser(run.__name__.strip("_"), help=about)
        parser_of_command.set_defaults(run=run)
        return parser_of_command.add_argument

    add = command(start, tr("make a folder to work in"))
    add("folder", nargs="?", type=Path, default=Path(), metavar="DIR")
    add(
        "--solutions",
        action="store_true",
        help=tr("include the author's solutions (only in a clone of the course)"),
    )
    command(update, tr("renew the course's files that you have not changed"))
    command(next_, tr("continue where you left off: the next lesson, or its exercise"))
    command(list_, tr("the map of lessons and exercises, and what to do next"))
    add = command(lesson, tr("run a lesson and save its plots"))
    add(
        "stem",
        nargs="?",
        metavar="STEM",
        help=tr("the lesson (default: the first that you have not read)"),
    ).completer = _lessons
    add("--device", choices=["cpu"], help=tr("compute on the CPU even if there is a GPU"))
    add = command(check, tr("check your exercises"))
    add("stems", nargs="*", metavar="STEM").completer = _exercises
    add("--submission", type=Path, metavar="DIR", help=tr("check the files in DIR"))
    add("--seed", type=int, metavar="N", help=tr("use the same random inputs again"))
    add("--hints", action="store_true", help=tr("show a hint under each failing check"))
    add(
        "--all",
        action="store_true",
        dest="everything",
        help=tr("show every failing check, with whole arrays and all that was printed"),
    )
    add = command(try_, tr("write a script with the inputs of a check, to print and to debug"))
    add("stem", metavar="STEM").completer = _exercises
    add(
        "name",
        nargs="?",
        metavar="CHECK",
        help=tr("the check, or a part of its name (default: the first that did not pass)"),
    )
    add("--seed", type=int, metavar="N", help=tr("use the same random inputs again"))
    add = command(play, tr("train a small network on points in the plane, and see its boundary"))
    data = tr(
        "the points: a disc in a ring (circles, the default), four squares, two clouds, two arms"
    )
    add("--data", default="circles", choices=["circles", "xor", "clouds", "spirals"], help=data)
    units = tr("units of each hidden layer, as in 8 8 (default: 4; 0 for none)")
    add("--units", type=int, nargs="+", default=[4], metavar="N", help=units)
    activation = tr("of the hidden layers (default: tanh)")
    add(
        "--activation",
        default="tanh",
        choices=["linear", "relu", "sigmoid", "tanh"],
        help=activation,
    )
    add(
        "--rate",
        type=float,
        default=0.03,
        metavar="X",
        help=tr("Adam's learning rate (default: 0.03)"),
    )
    add(
        "--epochs",
        type=int,
        default=60,
        metavar="N",
        help=tr("how often it sees each point (default: 60)"),
    )
    add(
        "--seed",
        type=int,
        default=1,
        metavar="N",
        help=tr("of points and first weights (default: 1)"),
    )
    add = command(watch, tr("check an exercise again each time you save it"))
    add(
        "stem",
        nargs="?",
        metavar="STEM",
        help=tr("begin with this exercise (default: the first that is not done)"),
    ).completer = _exercises
    add = command(submit, tr("pack your exercises into one file to hand in"))
    add("--name", metavar="NAME", help=tr("your name or student number, kept for the next time"))
    add("--to", type=Path, metavar="DIR", help=tr("also copy the file into this shared folder"))
    add = command(grade, tr("grade a class: student folders, zips, or a platform's export"))
    add("submissions", type=Path, metavar="SUBMISSIONS")
    add(
        "--out",
        type=Path,
        default=Path("marks"),
        metavar="DIR",
        help=tr("where gradebook.csv and checks.csv go (default: marks)"),
    )
    add("--seed", type=int, metavar="N", help=tr("use the same random inputs again"))
    add(
        "--only",
        action="append",
        default=[],
        metavar="STEM",
        help=tr("grade only this exercise (can be repeated)"),
    )
    add(
        "-j",
        "--jobs",
        type=int,
        metavar="N",
        help=tr("how many files to grade at once (default: one per core)"),
    )
    add("--dask", metavar="ADDRESS", help=tr("grade on the cluster of this Dask scheduler"))
    add(
        "--regrade",
        action="store_true",
        help=tr("also grade files that were graded before and have not changed"),
    )
    add(
        "--watch",
        action="store_true",
        help=tr("go on grading what comes in, until you press Ctrl-C"),
    )
    add(
        "--plan",
        action="store_true",
        help=tr("show which file is meant for whom, and grade nothing"),
    )
    names = tr(
        "read names that nobody foresaw: a regular expression with (?P<student>…) and (?P<file>…)"
    )
    add("--names", metavar="REGEX", help=names)
    limit = tr("set a limit, as in cpu_seconds=20 (see course doctor)")
    add("--limit", action="append", default=[], metavar="NAME=N", help=limit)
    weak = tr("grade even if this machine lacks a layer of isolation")
    add("--weak-isolation", action="store_true", help=weak)
    add = command(export, tr("export marks for Gradescope, Canvas, Moodle and others"))
    add("form", choices=FORMS, metavar="FORM", help=", ".join(FORMS))
    add(
        "out",
        type=Path,
        metavar="OUT",
        help=tr("the folder with the grading results; for gradescope-zip, the zip to write"),
    )
    template = tr("the file that canvas or moodle gave you to fill in")
    add("template", type=Path, nargs="?", metavar="FILE", help=template)
    add("--student", metavar="NAME", help=tr("only this student"))
    add(
        "--scale",
        action="store_true",
        help=tr("for canvas and moodle: give marks as a share of the column's maximum"),
    )
    add(
        "--only",
        action="append",
        default=[],
        metavar="STEM",
        help=tr("only this exercise (can be repeated)"),
    )
    add = command(similar, tr("list hand-ins of a class that are alike, to look into"))
    add("out", type=Path, metavar="OUT", help=tr("the folder with the grading results"))
    add = command(notebooks, tr("make notebooks of the lessons and starters"))
    add("folder", nargs="?", type=Path, default=Path("notebooks"), metavar="DIR")
    add = command(
        verify, tr("for authors: test exercises with their solutions, mistakes and alternatives")
    )
    add("stems", nargs="*", metavar="STEM")
    command(doctor, tr("show what this machine has and how it isolates student code"))
    return parser, list(commands.choices)


# --- students ---


def start(*, folder: Path, solutions: bool) -> None:
    """Make a folder to work in."""
    from course.student import folder as folders

    folders.start(folder, solutions)


def list_() -> None:
    """The map, and what to do next."""
    from course.student import folder

    folder.show_map()


def update() -> None:
    """Renew what the student has not touched."""
    from course.student import folder

    folder.update()


def next_() -> int:
    """The next lesson, or where it was read, its exercise."""
    from course import progress
    from course.student import folder

    folder.require_here()
    stem = folder.upcoming()
    if stem is None:
        say("All done. Next: course lesson {lesson}", lesson=paths.lesson_stems()[0])
        return 0
    if stem in paths.lesson_stems() and not progress.is_read(stem, progress.read()):
        return lesson(stem=stem, device=None)
    if sys.stdin.isatty() and sys.stdout.isatty():
        watch(stem=stem)
        return 0
    return check(stems=[stem], submission=None, seed=None, hints=False, everything=False)


def lesson(*, stem: str | None, device: str | None) -> int:
    """Run a lesson."""
    from course import progress
    from course.student import lesson as lessons

    stems, read = paths.lesson_stems(), progress.read()
    if stem is None:
        stem = next((one for one in stems if not progress.is_read(one, read)), stems[0])
    stem = paths.resolve(stem, stems, "course lesson")
    status = lessons.run(stem, device)
    if status == 0 and Path(".course").exists():
        # `course next` knows by this that it was read.
        progress.remember(progress.FILE, progress.READ, [(stem, True)])
    return status


def check(
    *, stems: list[str], submission: Path | None, seed: int | None, hints: bool, everything: bool
) -> int:
    """A line an exercise, and the first check that is left."""
    from course.student import folder

    source = folder.EXERCISES
    if submission is None:
        folder.require_here()
    else:
        source = paths.EXERCISES
        if not submission.is_dir():
            raise UsageError("{folder} is not a folder.", folder=submission)
    exercises = paths.exercise_stems(source)
    wanted = [paths.resolve(stem, exercises, "course check") for stem in stems] or exercises
    from course.student import check as checking

    return checking.run(wanted, submission or source, source, seed, hints, everything)


def try_(*, stem: str, name: str | None, seed: int | None) -> None:
    """Write the script; the student runs it."""
    from course import seed as seeds
    from course.student import folder

    folder.require_here()
    from course.student import trial

    stem = paths.resolve(stem, paths.exercise_stems(folder.EXERCISES), "course try")
    number = seeds.new() if seed is None else seed
    path = trial.write(stem, name, folder.EXERCISES, number)
    say(
        "{path} calls your functions as the check does. It runs in your own Python, like any script.",
        path=path,
    )
    say("Next: python {path}, or debug it in your editor", path=path)


def watch(*, stem: str | None) -> None:
    """The student's loop, until q."""
    from course.student import folder

    folder.require_here()
    from course.student.watch import run

    stems = paths.exercise_stems(folder.EXERCISES)
    run(folder.EXERCISES, paths.resolve(stem, stems, "course watch") if stem else None)
    say("Next: course watch, or course list")


def play(
    *, data: str, units: list[int], activation: str, rate: float, epochs: int, seed: int
) -> None:
    """One run of a small network."""
    from course.student import play as playing

    hidden = [] if units == [0] else units
    playing.run(playing.Settings(data, hidden, activation, rate, epochs, seed))


def submit(*, name: str | None, to: Path | None) -> int:
    """One zip of what the grader reads."""
    from course.student import folder

    folder.require_here()
    from course.student import submit as handing_in

    stems = paths.exercise_stems(folder.EXERCISES)
    return handing_in.run(stems, folder.EXERCISES, name, to)


def notebooks(*, folder: Path) -> None:
    """Write what is not there yet; a notebook that is there stays as it is."""
    from course.student import notebooks as books

    try:
        written = books.write(folder)
    except ImportError as error:
        raise UsageError(
            'notebooks want jupytext: pip install "keras-course[notebooks]" ({error}).', error=error
        ) from error
    say("{folder}: {count} new notebooks", folder=folder, count=len(written))
    first = folder / "exercises" / f"{paths.exercise_stems()[0]}.ipynb"
    say("Next: open {path} in Jupyter, VS Code or Colab", path=first)


def doctor() -> int:
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
        say("Keras cannot be imported: {error}", error=error)
    else:
        version, devices = seen.stdout.splitlines()[-2:]
        print(f"Keras {version}")
        say("devices: {devices}", devices=devices)
    from course.wall.child import Limits
    from course.wall.room import layers, missing_layers, older_kernel

    limits = (f"{name} {value:,}" for name, value in dataclasses.asdict(Limits()).items())
    say("isolation: {layers}", layers=layers())
    say("limits: {limits}", limits=", ".join(limits))
    for sentence in older_kernel():
        print(sentence)
    if missing := "; ".join(missing_layers()):
        say("missing here: {missing} - `course grade` needs --weak-isolation", missing=missing)
    if seen.returncode:
        say("Next: pip install -e . in the course's folder, with its environment active")
        return 1
    say("Next: course list")
    return 0


# --- teachers and authors ---

FORMS = (
    "gradescope", "gradescope-zip", "classroom50", "canvas", "moodle", "nbgrader", "junit", "summary",
    "workflow", "feedback",
)  # fmt: skip


def grade(
    *,
    submissions: Path,
    out: Path,
    seed: int | None,
    only: list[str],
    jobs: int | None,
    dask: str | None,
    regrade: bool,
    limit: list[str],
    weak_isolation: bool,
    watch: bool,
    plan: bool,
    names: str | None,
) -> int:
    """Grade a class; every result is stored as it comes, and the same command goes on where it was stopped."""
    if not submissions.exists():
        raise UsageError(
            "{path} does not exist: name a folder of student folders or zips, or a platform's zip.",
            path=submissions,
        )
    if plan:
        from course.classroom.session import show_plan

        return show_plan(submissions, _stems(only), names)
    from course.wall.room import missing_layers

    missing = "; ".join(missing_layers()) if dask is None else ""
    if missing and weak_isolation and sys.platform == "linux" and os.geteuid() == 0:
        from course.wall.confine import other_user

        if other_user() is None:
            raise UsageError(
                "you are root, this machine lacks a layer of isolation, and no other user can read Python: student code could change the grader. Install Python and the course outside of root's home folder."
            )
    if missing and not weak_isolation:
        raise UsageError(
            "this machine cannot isolate student code fully ({missing}). Grade on Linux, or add --weak-isolation.",
            missing=missing,
        )
    if jobs is not None and jobs < 1:
        raise UsageError(
            "-j {jobs}: give the number of files to grade at once, at least 1.", jobs=jobs
        )
    from course.classroom.session import Session

    stems, limits = _stems(only), _limits(limit)
    try:
        while True:
            try:
                session = Session(submissions, out, seed, stems, missing, names)
                session.grade(jobs or _cores(), dask, regrade, weak_isolation, limits)
                status = session.summary()
            except UsageError as error:
                # What is being copied into the folder may not be readable yet.
                if not watch:
                    raise
                complain("{why}", why=error.text)
            if not watch:
                return status
            _next_change(submissions)
            regrade = False
    except KeyboardInterrupt:
        complain(
            "Stopped; the results so far are kept. Next: run the same command to continue from here."
        )
        return 1
    except (OSError, ImportError) as error:
        if dask is None:
            raise
        raise UsageError(
            "the cluster at {address} cannot be used ({error}): see 'On a cluster' in docs/teaching.rst.",
            address=dask,
            error=error,
        ) from error


def _next_change(folder: Path) -> None:
    """Wait until something in the folder changes. Raises KeyboardInterrupt at Ctrl-C."""
    import watchfiles

    say("Waiting for hand-ins in {folder}: Ctrl-C ends it", folder=folder)
    next(watchfiles.watch(folder, raise_interrupt=True))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _stems(only: list[str]) -> list[str]:
    """The exercises that --only names; all where it names none."""
    stems = paths.exercise_stems()
    return sorted({paths.resolve(stem, stems, "--only") for stem in only}) or stems


def _limits(given: list[str]) -> "Limits":
    """The limits with what --limit sets."""
    from course.wall.child import Limits

    names = {field.name for field in dataclasses.fields(Limits)}
    values: dict[str, Any] = {}
    for entry in given:
        name, _, number = entry.partition("=")
        if name not in names or not re.fullmatch(r"[0-9]+", number) or int(number) == 0:
            raise UsageError(
                "--limit {entry}: write NAME=N, where N is a whole number and NAME is one of {names}.",
                entry=entry,
                names=", ".join(sorted(names)),
            )
        values[name] = int(number)
    return Limits(**values)


def export(
    *,
    form: str,
    out: Path,
    template: Path | None,
    student: str | None,
    only: list[str],
    scale: bool,
) -> int:
    """Print marks in a platform's form, or write Gradescope's autograder."""
    from course.classroom import platforms

    stems = _stems(only)
    if form == "gradescope-zip":
        platforms.gradescope_zip(out, stems if only else [])
        complain("Next: upload {path} to Gradescope (Configure Autograder)", path=out)
        return 0
    if form == "workflow":
        print(platforms.template("workflow.yml"), end="")
        return 0
    from course.classroom.book import Book

    store = _store(out)
    book = Book(store)
    if form == "feedback":
        from course.classroom import feedback

        where = feedback.write(out, book, store)
        complain("Next: hand out {path}, a folder for each student", path=where)
        return 0
    every = book.attempts
    attempts = [
        a for a in every if (not only or a.exercise in stems) and student in (None, a.student)
    ]
    if form in ("gradescope", "classroom50", "summary") and len({a.student for a in attempts}) != 1:
        names = ", ".join(map(repr, sorted({attempt.student for attempt in every})[:8]))
        raise UsageError(
            "this format is for one student: add --student NAME, one of {names} …", names=names
        )
    unknown: list[str] = []
    if form in ("canvas", "moodle"):
        if template is None:
            raise UsageError(
                "name the file that {form} gave you to fill in, after {out}.", form=form, out=out
            )
        try:
            table, unknown = getattr(platforms, form)(template.read_text("utf-8"), attempts, scale)
        except (platforms.ExportError, UnicodeDecodeError) as error:
            why = error.text if isinstance(error, CourseError) else error
            raise UsageError("{path}: {why}", path=template, why=why) from error
    else:
        table = getattr(platforms, form)(attempts)
    sys.stdout.buffer.write(table.encode("utf-8", "backslashreplace"))
    if form in ("canvas", "moodle") and (failed := sum(attempt.failed for attempt in attempts)):
        complain(
            "left out because the grader itself failed: {count} files. Next: run the same course grade again",
            count=failed,
        )
    for name in unknown:
        complain(
            "not written: {name} is not on the platform's list, is there more than once, or its number and name disagree",
            name=repr(name),
        )
    if scale and form in ("canvas", "moodle"):
        complain("each mark was scaled to the maximum of the platform's column")
    return 1 if unknown else 0


def similar(*, out: Path) -> int:
    """Pairs of hand-ins that are alike, and a page that shows them side by side."""
    from course.classroom.book import Book

    store = _store(out)
    try:
        from course.classroom import similar as likeness
    except ModuleNotFoundError as error:
        raise UsageError(
            'this wants copydetect: pip install "keras-course[similar]" ({error}).', error=error
        ) from error
    page, found = likeness.write(out, Book(store), store)
    for pair in found[:20]:
        print(f"{pair['share']:>4.0%}  {pair['exercise']}  {pair['first']} · {pair['second']}")
    say("{count} pairs are alike beyond the starter and what the class shares.", count=len(found))
    say("Likeness proves nothing: look into each pair. Next: open {page} in a browser", page=page)
    return 0


def _store(out: Path) -> "Store":
    """The results in a folder that `course grade` filled. Raises UsageError for another."""
    from course.classroom.store import Store

    if not (out / "attempts.sqlite").exists():
        raise UsageError(
            "{out} contains no grading results: name the folder that you gave to `course grade --out`.",
            out=out,
        )
    return Store(out / "attempts.sqlite")


def verify(*, stems: list[str]) -> int:
    """All that must hold of an exercise, in a clone: a line per exercise, and one per fault."""
    from course.checks import verify as proof

    if not (proof.TESTS / "solutions").is_dir():
        raise UsageError(
            "the solutions are not here: `course verify` is for authors, in a clone of the course."
        )
    from course.classroom.grade import grade_file
    from course.wall.clean import CleanRoom
    from course.wall.process import WarmServer

    whole = paths.exercise_stems()
    begun = {path.stem for path in paths.EXERCISES.glob("[0-9]*.py")} - set(whole)
    if unfinished := begun & {Path(stem).stem for stem in stems}:
        raise UsageError(
            "{stem} is not complete yet: write its checks, exercises/test_NAME.py.",
            stem=unfinished.pop(),
        )
    faults = 0
    with WarmServer() as warm, contextlib.closing(CleanRoom(warm)) as clean:
        for stem in [paths.resolve(stem, whole, "course verify") for stem in stems] or whole:
            try:
                cases = list(proof.cases(stem))
            except FileNotFoundError as error:
                raise UsageError(
                    "{stem} is not complete yet: write {path}.", stem=stem, path=error.filename
                ) from error
            bad = 0
            for name, fault in proof.faults(
                cases, lambda s, source, n: grade_file(s, source, n, clean)
            ):
                bad += 1
                print(f"  {stem}: {name}: {fault}", flush=True)
            told = f"{bad} things to fix" if bad else f"all {len(cases)} cases hold"
            print(f"{stem:<24}{told}", flush=True)
            faults += bad
    print("Next: pytest -n auto" if not faults else "Next: fix these, then course verify again")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
