"""The commands of teachers and authors: grade a class, export its marks, prove an exercise."""

import argparse
import contextlib
import dataclasses
import datetime
import os
import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course import material
from course.language import pad, say, t
from course.material import Wrong

if TYPE_CHECKING:
    from course.sandbox import Limits
    from course.store import Store

FORMS = ("gradescope", "gradescope-zip", "classroom50", "canvas", "moodle", "nbgrader", "junit", "summary", "workflow")


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
    from course import grade as grading
    from course.processes import Warm
    from course.rebuild import CleanRoom

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
