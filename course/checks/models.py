"""Comparisons of Keras's objects for the bodies of checks: models, what `compile` was told, histories."""

import dataclasses
import re
from collections.abc import Collection
from typing import Any

import numpy as np

from course.checks.mark import Miss
from course.text import Text
from course.wall.message import Compiled, History, KerasObject, Model
from course.wall.question import WHOLE, show


def describe(value: Any) -> str:
    """What came, in a line or a table."""
    match value:
        case Model():
            return table(value)
        case KerasObject():
            return f"{value.name} ({value.kind})"
        case History():
            series = ", ".join(value.history) or "-"
            return Text("a History of {series}", series=series)
        case np.ndarray() if value.size > 12 and not WHOLE.get():
            first = show(value.ravel()[:4])[:-1]
            return Text("array of shape {shape}: {first}, …]", shape=value.shape, first=first)
    return show(value)


@dataclasses.dataclass(frozen=True)
class Row:
    """One row of an expected summary: class, size of the last dimension, parameters, and its activation if it has one."""

    class_name: str
    units: int
    parameters: int
    activation: str | None = None


def rows(model: Model) -> list[Row]:
    """A model's layers as rows, in order of computation; an InputLayer is no row."""
    return [
        Row(
            layer.class_name,
            (layer.output_shape or [0])[-1] or 0,
            layer.parameters,
            str(layer.config["activation"]) if "activation" in layer.config else None,
        )
        for layer in model.layers
        if layer.class_name != "InputLayer"
    ]


def table(model: Model | list[Row]) -> str:
    """A summary as text, from the description and not from anything printed."""
    listed = rows(model) if isinstance(model, Model) else model
    lines = [f"{'layer':<16}{'units':>6}{'parameters':>12}  activation"]
    for row in listed:
        numbers = f"{row.units or '?':>6}{row.parameters:>12,}"
        lines.append(f"{row.class_name:<16}{numbers}  {row.activation or ''}".rstrip())
    total = f"{'total':<22}{sum(row.parameters for row in listed):>12,}"
    return "\n".join([*lines, total])


def is_model(answer: Any, built: bool = True) -> Model:
    """Miss unless the answer is a Keras model (and built: its weights exist)."""
    if isinstance(answer, list | tuple) and any(isinstance(part, Model) for part in answer):
        why = Text("It returned the model with other values: return the model alone.")
        raise Miss(why, answer, describe(answer), Text("a Keras model"))
    if isinstance(answer, History):
        why = Text("This is the History of fit: return the model.")
        raise Miss(why, answer, describe(answer), Text("a Keras model"))
    if not isinstance(answer, Model):
        missing, other = Text("is a `return model` missing?"), Text("return the Keras model.")
        hint, came = missing if answer is None else other, describe(answer)
        why = Text("It returned {value}, expected a Keras model: {hint}", value=came, hint=hint)
        raise Miss(why, answer, came, Text("a Keras model"))
    if built and not answer.built:
        raise Miss(
            "The model is not built, so it has no weights: begin it with keras.Input(shape=(...,)).",
            answer,
            describe(answer),
            Text("a built model"),
        )
    return answer


def weights_like(answer: Any, arrays: Collection[np.ndarray]) -> Model:
    """Miss unless the answer is a model whose weights have the shapes of these arrays."""
    model = is_model(answer)
    if [w.shape for w in model.weights] != [np.shape(array) for array in arrays]:
        why = Text(
            "Its weights have the wrong shapes: first fix what the check of its layers says."
        )
        raise Miss(why, answer, describe(answer))
    return model


def same_summary(answer: Any, expected: list[Row]) -> None:
    """Miss unless the model has exactly these layers, each fed by the one before; the first that differs is named."""
    model = is_model(answer)
    listed = rows(model)
    if why := _difference(model, listed, expected):
        raise Miss(why, answer, table(model), table(expected))


def _difference(model: Model, listed: list[Row], expected: list[Row]) -> Text | None:
    for number, (given, right) in enumerate(zip(listed, expected, strict=False), 1):
        layer = Text("layer {number}, {class_name}", number=number, class_name=given.class_name)
        if given.class_name != right.class_name:
            name = right.class_name
            return Text("{place}: expected {class_name} here.", place=layer, class_name=name)
        if given.units != right.units:
            return Text(
                "{place}: {units} units, expected {units1}.",
                place=layer,
                units=given.units,
                units1=right.units,
            )
        if given.parameters != right.parameters:
            return Text(
                "{place}: {parameters} parameters, expected {parameters1}.",
                place=layer,
                parameters=f"{given.parameters:,}",
                parameters1=f"{right.parameters:,}",
            )
        if given.activation == "linear" and right.activation not in (None, "linear"):
            name = right.activation
            return Text("{place}: the activation {name} is missing.", place=layer, name=name)
        if right.activation not in (None, given.activation):
            return Text(
                "{place}: activation is {activation}, expected {activation1}.",
                place=layer,
                activation=given.activation,
                activation1=right.activation,
            )
    if len(listed) != len(expected):
        return Text(
            "The model has {count} layers, expected {count1}.",
            count=len(listed),
            count1=len(expected),
        )
    for position, inner in enumerate(model.layers[1:], 1):
        connected = inner.inputs == [position - 1] or inner.class_name == "InputLayer"
        if model.outputs and not connected:
            return Text(
                "layer {position}, {class_name}: it is not connected to the layer before it.",
                position=position,
                class_name=inner.class_name,
            )
    return None


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
    """Miss unless `compile` was told this loss (or one of these), optimizer class, learning rate and such a metric."""
    settings = is_model(answer, built=False).compiled
    if settings is None:
        raise Miss(
            "The model is not compiled: call model.compile(...).", answer, Text("not compiled")
        )
    if unlike := _unlike(settings, {loss} if isinstance(loss, str) else set(loss or ())):
        raise Miss(unlike, answer, _settings(settings))
    used = settings.optimizer
    if optimizer and (used is None or used.name != optimizer):
        name = used.name if used else None
        why = Text("The optimizer is {name}, expected {optimizer}.", name=name, optimizer=optimizer)
        raise Miss(why, answer, _settings(settings))
    if learning_rate is not None:
        rate = used.config.get("learning_rate") if used else None
        if not isinstance(rate, float | int) or abs(rate - learning_rate) > 1e-4 * learning_rate:
            why = Text(
                "The learning rate is {rate}, expected {learning_rate}.",
                rate=rate,
                learning_rate=learning_rate,
            )
            raise Miss(why, answer, _settings(settings))
    # Keras knows accuracy by a short name too.
    named = ["accuracy" if m.name == "acc" else snake(m.name) for m in settings.metrics]
    if metric and not any(metric in name for name in named):
        why = Text("The metric {metric} is missing.", metric=metric)
        raise Miss(why, answer, _settings(settings))


def _unlike(settings: Compiled, losses: set[str]) -> str:
    """Why the loss is none of these; "" where it is, or where none is asked for."""
    given = snake(settings.loss.name) if settings.loss else None
    # "crossentropy" leaves it to Keras to take the kind that fits the labels.
    fits = given == "crossentropy" and any("crossentropy" in loss for loss in losses)
    if losses and given is None:
        return Text("compile was told no loss: give it loss=...")
    if losses and given not in losses and not fits:
        names = " / ".join(sorted(losses))
        return Text("The loss is {given}, expected {names}.", given=given, names=names)
    if losses and settings.loss and settings.loss.config.get("from_logits"):
        return Text("The loss has from_logits=True, but the model already ends in an activation.")
    return ""


def _settings(settings: Compiled) -> Text:
    used = settings.optimizer
    return Text(
        "loss {loss}, optimizer {name}, learning rate {rate}, metrics {metrics}",
        loss=settings.loss.name if settings.loss else None,
        name=used.name if used else None,
        rate=show(used.config.get("learning_rate") if used else None),
        metrics=", ".join(m.name for m in settings.metrics) or "-",
    )


def history_of(answer: Any, epochs: int, series: Collection[str] = ("loss",)) -> History:
    """Miss unless the answer is the History of a fit with these series, each of `epochs` finite numbers."""
    came = describe(answer)
    if not isinstance(answer, History):
        raise Miss(
            "It did not return a History: return what model.fit(...) returns.",
            answer,
            came,
            Text("a History"),
        )
    for name in series:
        if name not in answer.history:
            why = Text("The History has no {name}.", name=name)
            raise Miss(why, answer, came, ", ".join(series))
        values = answer.history[name]
        if len(values) != epochs:
            raise Miss(
                Text(
                    "It trained for {count} epochs, expected {epochs}.",
                    count=len(values),
                    epochs=epochs,
                ),
                answer,
                came,
            )
        if not np.isfinite(values).all():
            raise Miss(
                Text(
                    "The {name} is not a finite number: the learning rate is too large.", name=name
                ),
                answer,
                came,
            )
    return answer
