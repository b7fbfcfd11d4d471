"""Questions for a student's file, as lazy expressions, and the plan that lays them out as plain steps.

``student.mean_squared_error(y, p)`` runs nothing: it is a question. ``keras`` is a second root, so that a question can hand real
Keras objects to the student's code while the asking side never imports Keras.
"""

import contextvars
import dataclasses
import reprlib
from typing import Any, Literal

import numpy as np

from course.wall.message import Ref


class Question:
    """A lazy get, item or call; refers to the questions that it rests on."""

    __slots__ = ("_op", "_parts")
    # A proxy that answers to every name would be iterated for ever by pytest's collection.
    __iter__ = None

    def __init__(self, op: "Op", *parts: Any) -> None:
        self._op = op
        self._parts = parts

    def __getattr__(self, name: str) -> "Question":
        if name.startswith("_"):
            raise AttributeError(name)
        return Question("get", self, name)

    def __getitem__(self, key: Any) -> "Question":
        return Question("item", self, key)

    def __call__(self, *args: Any, **kwargs: Any) -> "Question":
        return Question("call", self, args, kwargs)

    def __bool__(self) -> bool:
        raise TypeError("a question has no answer yet: compare it in the body of the check")

    def __repr__(self) -> str:
        return render(self)


student = Question("student")
# Keras in the student's process, to make what a student's function is given.
keras = Question("keras")
# pandas there, to make the tables that a student's function is given.
pandas = Question("pandas")
# Keras in the clean room, where no student code runs.
clean = Question("clean")


def file(name: str, text: str) -> Question:
    """The path of a file with this text, which lies in the folder of the student's process."""
    return Question("file", name, text)


def snapshot(question: Question) -> Question:
    """What a model of the student's process is when this is reached; asked further, it is a rebuilt copy that answers."""
    return Question("snapshot", question)


def either(question: Question, other: Question) -> Question:
    """The first, or where that has no answer the other: to give a student's function what the student's file makes."""
    return Question("either", question, other)


Op = Literal[
    "student", "keras", "pandas", "clean", "file", "get", "item", "call", "snapshot", "either"
]


@dataclasses.dataclass(frozen=True)
class Step:
    """One entry of the plan: what to do, and with which earlier steps (as Refs inside `of` and `args`)."""

    number: int
    op: Op
    of: int | None = None
    name: Any = None
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = dataclasses.field(default_factory=dict)
    # Done in the clean room, not in the student's process.
    clean: bool = False
    # Made by the student's code: what is asked of it further is asked of a rebuilt copy.
    handed: bool = False

    def needs(self) -> set[int]:
        """The numbers of the steps that this one rests on."""
        needed = set(_refs([self.name, self.args, self.kwargs]))
        return needed if self.of is None else needed | {self.of}


def _refs(value: Any) -> list[int]:
    match value:
        case Ref():
            return [value.step]
        case list() | tuple():
            return [step for item in value for step in _refs(item)]
        case dict():
            return [step for item in value.values() for step in _refs(item)]
    return []


class Plan:
    """Numbers each question once: a question that two checks share is one step and gets one answer."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._laid: dict[int, tuple[Question, int]] = {}

    def lay(self, question: Question) -> int:
        """The number of the step that answers `question`; lays out what it rests on first."""
        if id(question) in self._laid:
            return self._laid[id(question)][1]
        of, name, args, kwargs = None, None, (), {}
        match question._op, question._parts:
            case "get" | "item", (base, key):
                of, name = self.lay(base), self._lay_in(key)
            case "file", (name, text):
                args = (text,)  # type: ignore[assignment]
            case "call", (base, given, named):
                of, args, kwargs = self.lay(base), self._lay_in(given), self._lay_in(named)
            case "snapshot", (base,):
                of = self.lay(base)
            case "either", (first, other):
                args = (Ref(self.lay(first)), Ref(self.lay(other)))  # type: ignore[assignment]
        base = self.steps[of] if of is not None else None
        op = question._op
        clean = op == "clean" or (
            op != "snapshot" and base is not None and (base.clean or base.handed)
        )
        # `student.f` is a name in the student's file; `student.f(...)` is made by it.
        called = op == "call" and base is not None and base.op == "get" and base.of is not None
        theirs = called and self.steps[base.of].op == "student"  # type: ignore[union-attr,index]
        handed = not clean and (theirs or op in ("snapshot", "either"))
        step = Step(len(self.steps), op, of, name, args, kwargs, clean, handed)
        self.steps.append(step)
        self._laid[id(question)] = (question, step.number)
        return step.number

    def _lay_in(self, value: Any) -> Any:
        match value:
            case Question():
                return Ref(self.lay(value))
            case list():
                return [self._lay_in(item) for item in value]
            case tuple():
                return tuple(self._lay_in(item) for item in value)
            case dict():
                return {key: self._lay_in(item) for key, item in value.items()}
        return value

    def path(self, number: int) -> list[Step]:
        """The steps that `number` rests on, and itself, in the order in which they were laid."""
        wanted, todo = set(), [number]
        while todo:
            step = todo.pop()
            if step not in wanted:
                wanted.add(step)
                todo.extend(self.steps[step].needs())
        return [self.steps[step] for step in sorted(wanted)]


# Whether large arrays are shown whole.
WHOLE: contextvars.ContextVar[bool] = contextvars.ContextVar("WHOLE", default=False)
_short = reprlib.Repr()
_short.maxstring = 60


def show(value: Any, depth: int = 3) -> str:
    """A value as a student would write it, short: small arrays whole, large ones by shape, calls within calls `depth` deep."""
    match value:
        case Question():
            return render(value, depth)
        case np.ndarray() if value.size > 12 and not WHOLE.get():
            return f"array(shape={value.shape})"
        case np.ndarray():
            text = np.array2string(
                value, precision=4, separator=", ", suppress_small=True, threshold=10_000
            )
            return " ".join(text.split()).replace("[ ", "[").replace(" ,", ",").replace(" ]", "]")
        case float() | np.floating():
            return f"{value:.6g}"
        case list() | tuple() if depth <= 0:
            return "…"
        case list() if len(value) <= 8:
            return f"[{', '.join(show(item, depth - 1) for item in value)}]"
        case tuple() if len(value) <= 8:
            return (
                f"({', '.join(show(item, depth - 1) for item in value)}{',' * (len(value) == 1)})"
            )
    return _short.repr(value)


def render(question: Question, depth: int = 3) -> str:
    """The question as the line of Python that it stands for; where one step feeds the next over and over, "…" for the first ones."""
    match question._op, question._parts:
        case "get", (of, name):
            return name if of is student else f"{render(of, depth)}.{name}"
        case "item", (of, key):
            return f"{render(of, depth)}[{show(key, depth)}]"
        case "call", (of, args, kwargs):
            if depth == 0:
                return "…"
            shown = [show(arg, depth - 1) for arg in args] + [
                f"{k}={show(v, depth - 1)}" for k, v in kwargs.items()
            ]
            return f"{render(of, depth)}({', '.join(shown)})"
        case "snapshot", (of,):
            return render(of, depth)
        case "either", (first, _):
            return render(first, depth)
        case "file", (name, _):
            return repr(name)
        case "clean", _:
            return "keras"
        case root, _:
            return root
    raise AssertionError(question._op)
