"""Comparisons of numbers for the bodies of checks: each returns when the answer is right and raises Miss when it is not."""

from typing import Any

import numpy as np

from course.checks.mark import Miss
from course.checks.models import describe
from course.text import Text
from course.wall.question import WHOLE

IT = Text("It")


def require(condition: Any, why: str, answer: Any = None, expected: str = "") -> None:
    """Miss with the sentence `why` unless the condition holds."""
    if not condition:
        raise Miss(why, answer, describe(answer) if answer is not None else "", expected)


def numbers(answer: Any, what: str = IT) -> np.ndarray:
    """An answer, or the part of one that is called `what`, as an array of numbers.

    Misses for None, text, models and ragged lists.
    """
    if answer is None:
        none = Text("It returned None: is a `return` missing?")
        raise Miss(none if what == IT else Text("{what} is None.", what=what), None, "None")
    try:
        array = np.asarray(answer)
    except ValueError:
        array = np.asarray(None)
    if array.dtype.kind not in "biuf":
        raise Miss(Text("{what} is not made of numbers.", what=what), answer, describe(answer))
    return array


def close(answer: Any, expected: Any, rtol: float = 1e-4, what: str = IT) -> None:
    """Miss unless the numbers agree: shape first, then dtype, then NaN, then the worst entry.

    An entry may be off by `rtol` of itself, or by 1e-5 of the largest expected entry where that is
    more.
    """
    right = np.asarray(expected, dtype=np.float64)
    given = numbers(answer, what)
    shown = describe(answer), describe(right if right.ndim else float(right))

    def miss(template: str, **values: object) -> Miss:
        return Miss(Text(template, **values), answer, *shown)

    if given.shape != right.shape and not (right.ndim == 0 and given.size == 1):
        shapes = {"what": what, "shape": given.shape}
        if right.ndim == 0:
            raise miss("{what} is an array of shape {shape}, expected one number.", **shapes)
        raise miss("{what} has shape {shape}, expected {shape1}.", **shapes, shape1=right.shape)
    if given.dtype.kind == "b":
        raise miss("{what} holds True and False, expected numbers.", what=what)
    given = given.astype(np.float64).reshape(right.shape)
    if (bad := np.isnan(given) != np.isnan(right)).any():
        raise miss("{what} is NaN (not a number){where}.", what=what, where=_place(bad))
    if (bad := np.isinf(given) & ~np.isinf(right)).any():
        raise miss("{what} is infinite{where}.", what=what, where=_place(bad))
    with np.errstate(invalid="ignore"):
        largest = np.max(np.abs(right), initial=0.0, where=np.isfinite(right))
        allowed = np.maximum(rtol * np.abs(right), 1e-5 * largest + 1e-12)
        excess = np.where(given == right, 0.0, np.abs(given - right) - allowed)
    if not (excess > 0).any():
        return
    if right.ndim:
        shown = _marked(given, excess > 0), shown[1]
    worst = np.unravel_index(int(np.argmax(excess)), excess.shape)
    values = {"given": f"{given[worst]:.6g}", "right": f"{right[worst]:.6g}"}
    place = [int(i) for i in worst]
    if not right.ndim:
        raise miss("{what} is {given}, expected {right}.", what=what, **values)
    if what == IT:
        raise miss("The entry {place} is {given}, expected {right}.", place=place, **values)
    raise miss(
        "{what}: entry {place} is {given}, expected {right}.", what=what, place=place, **values
    )


def _marked(given: np.ndarray, wrong: np.ndarray) -> str:
    """An array with a star at each entry that differs; of a large one, how many differ."""
    count = int(wrong.sum())
    if given.size > 12 and not WHOLE.get():
        return Text(
            "{array}; {count} of {size} entries differ",
            array=describe(given),
            count=count,
            size=given.size,
        )
    pairs = zip(given.ravel(), wrong.ravel(), strict=True)
    words = np.array([f"{value:.5g}{'*' * int(bad)}" for value, bad in pairs])
    text = np.array2string(
        words.reshape(given.shape), separator=", ", threshold=10_000, formatter={"all": str}
    )
    return Text("{array} (* differs)", array=" ".join(text.split()))


def _place(bad: np.ndarray) -> str:
    if bad.ndim == 0:
        return ""
    first, count = [int(i) for i in np.argwhere(bad)[0]], int(bad.sum())
    return Text(
        " at {count} of {size} entries, first at {first}", count=count, size=bad.size, first=first
    )


def agrees(answer: Any, wrong: Any) -> bool:
    """Whether an answer is this known wrong one: equal numbers, an equal value, or a condition that holds for it."""
    try:
        if callable(wrong):
            return bool(wrong(answer))
        if isinstance(wrong, str) or wrong is None or isinstance(answer, str):
            return bool(answer == wrong)
        close(answer, wrong)
    except Exception:
        return False
    return True
