"""Checks: a question in the decorator, the verdict in the body, the sentence that the student reads in the docstring."""

import contextlib
import contextvars
import dataclasses
import difflib
import functools
import inspect
import re
import secrets
import time
import types
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from course.compare import Miss, agrees, close, describe
from course.explain import explain
from course.language import t
from course.probe import Question, render
from course.rebuild import CleanRoom, draw
from course.sandbox import Answer, Room, Trouble, printable
from course.wire import Model

SEED: contextvars.ContextVar[int] = contextvars.ContextVar("seed", default=0)

PASSED, FAILED, NOT_ATTEMPTED = "passed", "failed", "not attempted"
NOT_REACHED, GRADER_FAILED = "not reached", "grader failed"


@dataclasses.dataclass(frozen=True)
class Check:
    """What is asked, what it is worth, and the body that judges the answers."""

    name: str
    sentence: str
    questions: tuple[Question, ...]
    points: float
    hint: str
    mistakes: Mapping[str, Any]
    seconds: float | None
    verdict: Callable[..., None]


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What one check came to; texts are plain and may stand in a terminal, a table or a page."""

    check: Check
    status: str
    why: str = ""
    asked: str = ""
    came: str = ""
    expected: str = ""
    line: str = ""
    error: str = ""
    printed: str = ""
    note: str = ""
    seconds: float = 0.0

    @property
    def points(self) -> float:
        return self.check.points if self.status == PASSED else 0.0


def check(
    *questions: Question,
    points: float = 1.0,
    hint: str = "",
    mistakes: Mapping[str, Any] | None = None,
    seconds: float | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a check of a pytest function: its body gets one answer per question and raises Miss where one is wrong.

    mistakes: the sentence for each known wrong answer → that answer, or a condition on it. seconds: CPU time that one
    question may use, where it trains.
    """

    def decorate(verdict: Callable[..., None]) -> Callable[..., None]:
        sentence = " ".join((verdict.__doc__ or verdict.__name__).split())
        verdict.check = Check(  # type: ignore[attr-defined]
            verdict.__name__, sentence, questions, points, hint, mistakes or {}, seconds, verdict
        )
        # Without a signature of its own, pytest would read the answers' names as fixtures.
        verdict.__signature__ = inspect.Signature()  # type: ignore[attr-defined]
        return verdict

    return decorate


def inputs() -> np.random.Generator:
    """The generator that a check file draws its inputs from: seeded per run and per student."""
    return np.random.default_rng(SEED.get())


@contextlib.contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Check files that are read inside draw their inputs from this seed."""
    token = SEED.set(seed)
    try:
        yield
    finally:
        SEED.reset(token)


@functools.cache
def _code(path: Path) -> types.CodeType:
    return compile(path.read_text("utf-8"), str(path), "exec")


def load_checks(path: Path, seed: int) -> list[Check]:
    """The checks of a file, in order, with inputs drawn from `seed`."""
    names: dict[str, Any] = {"__name__": path.stem, "__file__": str(path)}
    with seeded(seed):
        # Not runpy, which several threads may not use at once.
        exec(_code(path), names)
    found = (getattr(thing, "check", None) for thing in names.values() if inspect.isfunction(thing))
    return [one for one in found if isinstance(one, Check)]


def judge(one: Check, room: Room, clean: CleanRoom) -> Outcome:
    """Ask the check's questions and judge the answers; a model that passes is rebuilt in the clean room and must agree."""
    start, room.printed = time.monotonic(), ""
    outcome = _judge(one, room, clean)
    texts = {name: getattr(outcome, name) for name in LONGEST} | {"printed": room.printed if outcome.why else ""}
    cut: dict[str, Any] = {name: text if len(text) <= LONGEST[name] else f"{text[: LONGEST[name]]} …" for name, text in texts.items()}
    return dataclasses.replace(outcome, seconds=time.monotonic() - start, **cut)


# Characters of what is told; a student's answer or line can be of any length.
LONGEST = {"why": 500, "asked": 2_000, "came": 4_000, "expected": 4_000, "line": 200, "error": 2_000, "printed": 20_000}


def _judge(one: Check, room: Room, clean: CleanRoom) -> Outcome:
    answers: list[Any] = []
    testimony = []
    for question in one.questions:
        reply = room.ask(question, one.seconds)
        if isinstance(reply, Trouble):
            return _earlier(one, answers, question, reply, room) or _troubled(one, question, reply, room)
        answers.append(reply.value)
        # Asked at once, before a later question changes the model.
        if isinstance(reply.value, Model) and (x := draw(reply.value, secrets.randbits(32))) is not None:
            testimony.append((question, reply.value, x, room.ask(question(x), one.seconds)))
    try:
        one.verdict(*answers)
    except Miss as miss:
        asked = next((render(q) for q, a in zip(one.questions, answers, strict=True) if a is miss.answer), _asked(one))
        why = next((s for s, wrong in one.mistakes.items() if agrees(miss.answer, wrong)), miss.why)
        return Outcome(one, FAILED, why, asked, miss.came, miss.expected)
    except Exception as error:
        # The answer is the student's and can have any form; the body of a check need not foresee them all.
        why = f"The answer has an unexpected form ({type(error).__name__}: {error})."
        return Outcome(one, FAILED, why, _asked(one), "; ".join(map(describe, answers)))
    return _cross_check(one, testimony, answers, clean)


def _asked(one: Check) -> str:
    return "; ".join(render(question) for question in one.questions)


def _earlier(one: Check, answers: list[Any], failing: Question, trouble: Trouble, room: Room) -> Outcome | None:
    """Where a question fails because the answer that it rests on was wrong already: that answer's failure."""
    if trouble.kind not in ("raised", "uncallable", "missing") or not trouble.fresh:
        return None
    rests_on = {step.number for step in room.plan.path(room.plan.lay(failing))}
    for question, answer in zip(one.questions, answers, strict=False):
        if room.plan.lay(question) not in rests_on:
            continue
        why = next((s for s, wrong in one.mistakes.items() if agrees(answer, wrong)), None)
        if why:
            return Outcome(one, FAILED, why, render(question), describe(answer))
    return None


ALONE = "Graded on what the model predicts alone: it cannot be rebuilt from its layers."
OTHERWISE = "The model does not compute what its layers say: rebuilt from them, it predicts something else."


def _cross_check(one: Check, testimony: list[tuple[Question, Model, np.ndarray, Any]], answers: list[Any], clean: CleanRoom) -> Outcome:
    for question, model, x, reply in testimony:
        rebuilt = clean.predict(model, x)
        if rebuilt is None:
            return Outcome(one, PASSED, note=ALONE)
        try:
            close(reply.value if isinstance(reply, Answer) else None, rebuilt, rtol=1e-3)
        except Miss:
            return Outcome(one, FAILED, OTHERWISE, render(question), describe(model))
    alone = any(isinstance(answer, Model) for answer in answers) and not testimony
    return Outcome(one, PASSED, note=ALONE if alone else "")


def _troubled(one: Check, question: Question, trouble: Trouble, room: Room) -> Outcome:
    asked, line = render(question), _line(trouble.line, room.source)
    match trouble.kind:
        case "grader":
            return Outcome(one, GRADER_FAILED, trouble.sentence, asked)
        case "not attempted":
            return Outcome(one, NOT_ATTEMPTED, trouble.sentence, asked, line=line)
        case _ if not trouble.fresh:
            return Outcome(one, NOT_REACHED, f"An earlier check met this first: {trouble.sentence}", asked)
        case "missing":
            own = re.match(r"module 'student' has no attribute '(\w+)'", trouble.sentence)
            why = explain(f"{trouble.error}: {trouble.sentence}") or f"{trouble.sentence}."
            if own:
                defined = re.findall(r"^def (\w{1,80})\(", room.source.decode("utf-8", "replace"), re.M)[:100]
                near = difflib.get_close_matches(own[1], defined, 1, 0.8)
                why = f"Your file has no `{own[1]}`: keep the name that the starter gives."
                why = f"Your file has no `{own[1]}`, but `{near[0]}`: keep the name that the starter gives." if near else why
            return Outcome(one, FAILED, why, asked, "" if own else trouble.sentence)
        case "raised" | "uncallable":
            why = explain(trouble.sentence) or "Your code raised an error."
            return Outcome(one, FAILED, why, asked, line=line, error=trouble.sentence)
    return Outcome(one, FAILED, trouble.sentence, asked, line=line)


def _line(number: int | None, source: bytes) -> str:
    # Lines as Python counts them.
    lines = re.split(r"\r\n|\r|\n", source.decode("utf-8", "replace"))
    if number is None or not 1 <= number <= len(lines):
        return ""
    return f"{number}: {printable(lines[number - 1][:1000]).strip()}"


# What a failure tells, in reading order: fields, by the names that people read too.
FIELDS = ("asked", "line", "error", "came", "expected")
# The fields that are texts of ours, and translated: the others are the student's own, or Python's.
OURS = ("sentence", "why", "came", "expected", "note", "hint")


def report(outcome: Outcome, hints: bool = False) -> list[tuple[str, str]]:
    """An outcome as (label, text) pairs in reading order and in the language in force: asked, came, expected, why, a hint."""
    fields = [(name, getattr(outcome, name)) for name in (*FIELDS, "why")]
    if hints and outcome.check.hint:
        fields.append(("hint", outcome.check.hint))
    return [(t(name), t(text) if name in OURS else text) for name, text in fields if text]
