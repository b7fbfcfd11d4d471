"""Checks: a question in the decorator, the verdict in the body, the sentence that the student reads in the docstring."""

import dataclasses
import functools
import inspect
import types
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from course import seed
from course.text import Text
from course.wall.question import Question


@dataclasses.dataclass(frozen=True)
class Check:
    """What is asked, what it is worth, and the body that judges the answers."""

    name: str
    sentence: Text
    questions: tuple[Question, ...]
    points: float
    hint: Text
    mistakes: Mapping[str, Any]
    seconds: float | None
    verdict: Callable[..., None]


def check(
    *questions: Question,
    points: float = 1.0,
    hint: str | Sequence[str] = "",
    mistakes: Mapping[str, Any] | None = None,
    seconds: float | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a check of a pytest function: its body gets one answer per question and raises Miss where one is wrong.

    Args:
        points: What the check is worth.
        hint: What `--hints` shows where the check fails; or steps, of which the next is shown when it is asked for.
        mistakes: The sentence for each known wrong answer → that answer, or a condition on it.
        seconds: CPU time that one question may use, where it trains.
    """

    def decorate(verdict: Callable[..., None]) -> Callable[..., None]:
        sentence = Text(" ".join((verdict.__doc__ or verdict.__name__).split()))
        verdict.check = Check(  # type: ignore[attr-defined]
            verdict.__name__,
            sentence,
            questions,
            points,
            as_steps([hint] if isinstance(hint, str) else hint),
            mistakes or {},
            seconds,
            verdict,
        )
        # Without a signature, pytest would read the answers' names as fixtures.
        verdict.__signature__ = inspect.Signature()  # type: ignore[attr-defined]
        return verdict

    return decorate


def as_steps(hints: Sequence[str]) -> Text:
    """A hint, or several, a line each."""
    if len(hints) == 1:
        return Text(hints[0])
    steps = {f"step{at}": Text(hint) for at, hint in enumerate(hints)}
    return Text("\n".join(f"{{{name}}}" for name in steps), **steps)


def inputs() -> np.random.Generator:
    """The generator that a check file draws its inputs from: seeded per run and per student."""
    return np.random.default_rng(seed.CURRENT.get())


@functools.cache
def _code(path: Path) -> types.CodeType:
    return compile(path.read_text("utf-8"), str(path), "exec")


def load_checks(path: Path, number: int) -> list[Check]:
    """The checks of a file, in order, with inputs drawn from the seed `number`."""
    names: dict[str, Any] = {"__name__": path.stem, "__file__": str(path)}
    with seed.using(number):
        # Not runpy, which several threads may not use at once.
        exec(_code(path), names)
    functions = filter(inspect.isfunction, names.values())
    checks = (getattr(function, "check", None) for function in functions)
    return [check for check in checks if isinstance(check, Check)]
