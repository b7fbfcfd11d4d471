"""Comparisons for the bodies of checks: each returns when the answer is right and raises Miss with the reason when it is not."""

import dataclasses
import re
from collections.abc import Collection
from typing import Any

import numpy as np

from course.probe import show
from course.wire import Compiled, History, KerasObject, Model


class Miss(Exception):
    """An answer that is not right: the reason in one sentence, what came, what was expected."""

    def __init__(self, why: str, answer: Any = None, came: str = "", expected: str = "") -> None:
        super().__init__(why)
        self.why, self.answer, self.came, self.expected = why, answer, came, expected


def require(condition: Any, why: str, answer: Any = None, expected: str = "") -> None:
    """Miss with the sentence `why` unless the condition holds."""
    if not condition:
        raise Miss(why, answer, describe(answer) if answer is not None else "", expected)


def describe(value: Any) -> str:
    """What came, in a line or a table."""
    match value:
        case Model():
            return table(value)
        case KerasObject():
            return f"{value.name} ({value.kind})"
        case History():
            return f"a History of {', '.join(value.history) or '-'}"
        case np.ndarray() if value.size > 12:
            return f"array of shape {value.shape}: {show(value.ravel()[:4])[:-1]}, …]"
    return show(value)


def numbers(answer: Any, what: str = "It") -> np.ndarray:
    """An answer, or the part of one that is called `what`, as an array of numbers. Misses for None, text, models and ragged lists."""
    if answer is None:
        why = "It returned None: is a `return` missing?" if what == "It" else f"{what} is None."
        raise Miss(why, None, "None")
    try:
        array = np.asarray(answer)
    except ValueError:
        array = np.asarray(None)
    if array.dtype.kind not in "biuf":
        raise Miss(f"{what} is not made of numbers.", answer, describe(answer))
    return array


def close(answer: Any, expected: Any, rtol: float = 1e-4, what: str = "It") -> None:
    """Miss unless the numbers agree: shape first, then dtype, then NaN, then the worst entry.

    An entry may be off by `rtol` of itself, or by 1e-5 of the largest expected entry where that is more.
    """
    wanted = np.asarray(expected, dtype=np.float64)
    got = numbers(answer, what)
    came, wish = describe(answer), describe(wanted if wanted.ndim else float(wanted))
    if got.shape != wanted.shape and not (wanted.ndim == 0 and got.size == 1):
        why = f"{what} has shape {got.shape}, expected {wanted.shape}."
        if wanted.ndim == 0:
            why = f"{what} is an array of shape {got.shape}, expected one number."
        raise Miss(why, answer, came, wish)
    if got.dtype.kind == "b":
        raise Miss(f"{what} holds True and False, expected numbers.", answer, came, wish)
    got = got.astype(np.float64).reshape(wanted.shape)
    bad = np.isnan(got) != np.isnan(wanted)
    where = _where(bad)
    if bad.any():
        raise Miss(f"{what} is NaN (not a number){where}.", answer, came, wish)
    bad = np.isinf(got) & ~np.isinf(wanted)
    where = _where(bad)
    if bad.any():
        raise Miss(f"{what} is infinite{where}.", answer, came, wish)
    with np.errstate(invalid="ignore"):
        largest = np.max(np.abs(wanted), initial=0.0, where=np.isfinite(wanted))
        allowed = np.maximum(rtol * np.abs(wanted), 1e-5 * largest + 1e-12)
        excess = np.where(got == wanted, 0.0, np.abs(got - wanted) - allowed)
    if (excess > 0).any():
        worst = np.unravel_index(int(np.argmax(excess)), excess.shape)
        place, given, right = [int(i) for i in worst], f"{got[worst]:.6g}", f"{wanted[worst]:.6g}"
        why = f"{what} is {given}, expected {right}."
        if wanted.ndim:
            why = f"The entry {place} is {given}, expected {right}."
            why = why if what == "It" else f"{what}: entry {place} is {given}, expected {right}."
        raise Miss(why, answer, came, wish)


def _where(bad: np.ndarray) -> str:
    if bad.ndim == 0 or not bad.any():
        return ""
    first, count = [int(i) for i in np.argwhere(bad)[0]], int(bad.sum())
    return f" at {count} of {bad.size} entries, first at {first}"


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


# --- models ---


@dataclasses.dataclass(frozen=True)
class Row:
    """One row of an expected summary: class, size of the last dimension, parameters, and its activation where it has one."""

    class_name: str
    units: int
    parameters: int
    activation: str | None = None


def rows(model: Model) -> list[Row]:
    """A model's layers as rows, in order of computation; an InputLayer is no row."""
    return [
        Row(
            layer.class_name if layer.builtin else f"{layer.class_name} (not Keras's own)",
            (layer.output_shape or [0])[-1] or 0,
            layer.parameters,
            str(layer.config["activation"]) if "activation" in layer.config else None,
        )
        for layer in model.layers
        if layer.class_name != "InputLayer"
    ]


def table(model: Model | list[Row]) -> str:
    """A summary as text, from the account and not from anything printed."""
    listed = rows(model) if isinstance(model, Model) else model
    lines = [f"{'layer':<16}{'units':>6}{'parameters':>12}  activation"]
    for row in listed:
        lines.append(f"{row.class_name:<16}{row.units or '?':>6}{row.parameters:>12,}  {row.activation or ''}".rstrip())
    total = f"{'total':<22}{sum(row.parameters for row in listed):>12,}"
    return "\n".join([*lines, total])


def is_model(answer: Any, built: bool = True) -> Model:
    """Miss unless the answer is a Keras model (and built: its weights exist)."""
    if not isinstance(answer, Model):
        hint = "is a `return model` missing?" if answer is None else "return the Keras model."
        raise Miss(f"It gave {describe(answer)}, expected a Keras model: {hint}", answer, describe(answer), "a Keras model")
    if built and not answer.built:
        why = "The model is not built, so it has no weights: begin it with keras.Input(shape=(...,))."
        raise Miss(why, answer, table(answer), "a built model")
    return answer


def same_summary(answer: Any, expected: list[Row]) -> None:
    """Miss unless the model has exactly these layers, one behind the other; the first layer that differs is named."""
    model = is_model(answer)
    listed = rows(model)
    if why := _difference(model, listed, expected):
        raise Miss(why, answer, table(model), table(expected))


def _difference(model: Model, listed: list[Row], expected: list[Row]) -> str | None:
    for number, (got, want) in enumerate(zip(listed, expected, strict=False), 1):
        place = f"layer {number}, {got.class_name}"
        if got.class_name != want.class_name:
            return f"{place}: expected {want.class_name} here."
        if got.units != want.units:
            return f"{place}: {got.units} units, expected {want.units}."
        if got.parameters != want.parameters:
            return f"{place}: {got.parameters:,} parameters, expected {want.parameters:,}."
        # What a function of the student's own computes is not in the summary: the outputs tell.
        own = (got.activation or "").startswith("function ")
        if want.activation is not None and got.activation != want.activation and not own:
            return f"{place}: activation is {got.activation}, expected {want.activation}."
    if len(listed) != len(expected):
        return f"The model has {len(listed)} layers, expected {len(expected)}."
    for position, layer in enumerate(model.layers[1:], 1):
        if model.outputs and layer.inputs != [position - 1] and layer.class_name != "InputLayer":
            return f"layer {position}, {layer.class_name}: it is not connected to the layer before it."
    return None


# --- compile and fit ---


def snake(name: str) -> str:
    """A Keras class name in the spelling of its function: CategoricalCrossentropy → categorical_crossentropy."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def compiled_as(
    answer: Any,
    loss: str | Collection[str] | None = None,
    optimizer: str | None = None,
    learning_rate: float | None = None,
    metric: str | None = None,
) -> None:
    """Miss unless `compile` was told this loss (one of these), optimizer class, learning rate and a metric with this in its name."""
    settings = is_model(answer, built=False).compiled
    if settings is None:
        raise Miss("The model is not compiled: call model.compile(...).", answer, "not compiled")
    came = _settings(settings)
    losses = {loss} if isinstance(loss, str) else set(loss or ())
    given = snake(settings.loss.name) if settings.loss else None
    # "crossentropy" leaves it to Keras to take the kind that fits the labels.
    if losses and given not in losses and not (given == "crossentropy" and any("crossentropy" in one for one in losses)):
        raise Miss(f"The loss is {given}, expected {' / '.join(sorted(losses))}.", answer, came)
    if losses and settings.loss and settings.loss.config.get("from_logits"):
        why = "The loss has from_logits=True, but the model ends in an activation already."
        raise Miss(why, answer, came)
    used = settings.optimizer
    if optimizer and (used is None or used.name != optimizer):
        name = used.name if used else None
        raise Miss(f"The optimizer is {name}, expected {optimizer}.", answer, came)
    if learning_rate is not None:
        rate = used.config.get("learning_rate") if used else None
        if not isinstance(rate, float | int) or abs(rate - learning_rate) > 1e-4 * learning_rate:
            raise Miss(f"The learning rate is {rate}, expected {learning_rate}.", answer, came)
    if metric and not any(metric in snake(m.name) for m in settings.metrics):
        raise Miss(f"The metric {metric} is missing.", answer, came)


def _settings(settings: Compiled) -> str:
    metrics = ", ".join(m.name for m in settings.metrics) or "-"
    loss = settings.loss.name if settings.loss else None
    used = settings.optimizer
    name, rate = (used.name, used.config.get("learning_rate")) if used else (None, None)
    return f"loss {loss}, optimizer {name}, learning rate {show(rate)}, metrics {metrics}"


def history_of(answer: Any, epochs: int, series: Collection[str] = ("loss",)) -> History:
    """Miss unless the answer is the History of a fit with these series, each of `epochs` finite numbers."""
    if not isinstance(answer, History):
        why = "It gave no History: return what model.fit(...) returns."
        raise Miss(why, answer, describe(answer), "a History")
    for name in series:
        if name not in answer.history:
            raise Miss(f"The History has no {name}.", answer, describe(answer), ", ".join(series))
        numbers_of = answer.history[name]
        if len(numbers_of) != epochs:
            raise Miss(f"It trained for {len(numbers_of)} epochs, expected {epochs}.", answer, describe(answer))
        if not np.isfinite(numbers_of).all():
            why = f"The {name} is not a finite number: the learning rate is too large."
            raise Miss(why, answer, describe(answer))
    return answer
