"""The wall as the checks see it: a room holds one student's file, answers questions about it, or says what troubles it.

Fail closed: whatever is not a well-formed reply to the question just asked is Trouble. What came
before a hang or a crash counts, and the worker starts again after the culprit, so that one endless
loop costs one check.
"""

import dataclasses
import os
import sys
from typing import Any

from course.text import Text, printable, tr
from course.wall.child import FORGED, Child, Kind, Limits, Trouble
from course.wall.message import (
    UNFIT,
    Ask,
    Done,
    MalformedError,
    Raised,
    Ready,
    Reply,
    Seed,
    Told,
    Unfit,
    UnfitError,
    from_value,
    to_value,
)
from course.wall.process import WarmServer
from course.wall.question import Plan, Question, Step

FULL = ("process", "limits", "files", "calls")


@dataclasses.dataclass(frozen=True)
class Answer:
    """What a question got: a value made of plain data, arrays and records of Keras's objects."""

    value: Any


def isolation() -> list[str]:
    """The layers in force on this machine, of FULL: outside Linux a file has only a process, with limits."""
    if sys.platform != "linux":
        return list(FULL[:2]) if os.name == "posix" else ["process"]
    from course.wall import confine

    return [*FULL[:2], *confine.available_layers()]


def missing_layers() -> list[str]:
    """What this machine's isolation lacks, in words and in the language in force."""
    words = {
        "limits": tr("limits enforced by the system"),
        "files": tr("no reading or writing of other files"),
        "calls": tr("no network, no new processes"),
    }
    return [words[layer] for layer in FULL[1:] if layer not in isolation()]


class Room:
    """One student's file, ready to be asked; starts its worker with the first question, and again after a crash."""

    def __init__(
        self,
        source: bytes,
        file_name: str,
        seed: int,
        limits: Limits | None = None,
        warm: WarmServer | None = None,
    ) -> None:
        self.source, self.file_name, self.seed = source, file_name, seed
        self.limits, self.warm = limits or Limits(), warm
        self.plan = Plan()
        self.troubles: dict[int, Trouble] = {}
        self.child: Child | None = None
        self.done: set[int] = set()
        self.printed = ""

    def ask(self, question: Question, cpu_seconds: float | None = None) -> Answer | Trouble:
        """The answer, or why there is none.

        Steps that questions share are done once. `printed` grows by what they print.
        """
        target = self.plan.lay(question)
        for step in self.plan.path(target):
            if step.number in self.troubles:
                return dataclasses.replace(self.troubles[step.number], fresh=False)
            if step.number in self.done and step.number != target:
                continue
            reply = self._do(step, step.number == target, cpu_seconds or self.limits.cpu_seconds)
            if isinstance(reply, Trouble):
                if reply.kind not in (Kind.UNFIT, Kind.GRADER):
                    self.troubles[step.number] = reply
                return reply
        return reply if isinstance(reply, Answer) else _fault("No step was run.")

    def _do(self, step: Step, tell: bool, cpu_seconds: float) -> Answer | Trouble | None:
        try:
            child = self.child or self._start()
            if isinstance(child, Trouble):
                return child
            asked = as_request(step, tell, str(child.file) if step.op == "student" else step.name)
        except (OSError, UnfitError) as error:
            return _fault("The worker did not start: {error}", error=error)
        reply = child.request(asked, cpu_seconds)
        self.printed += child.heard()
        answer = reply if isinstance(reply, Trouble) else read(reply, step, tell)
        broken = (Kind.LIMIT, Kind.CRASH, Kind.PROTOCOL)
        if isinstance(answer, Trouble) and answer.kind in broken:
            self.close()
        else:
            self.done.add(step.number)
        return answer

    def _start(self) -> Child | Trouble:
        child = Child(self.source, self.file_name, self.limits, self.warm)
        # Keras's import is not the student's time.
        hello = child.receive(self.limits.start_seconds, self.limits.start_seconds)
        if not isinstance(hello, Ready):
            child.kill()
            said = bytes(child.printed).decode("utf-8", "replace").strip().splitlines()
            why = said[-1] if said else Text("it ended before it was ready")
            return _fault("The worker did not start: {error}", error=why)
        promised = {"files", "calls"} & set(isolation())
        if self.warm and self.warm.available and not promised <= set(hello.layers):
            child.kill()
            return _fault(
                "The worker could not isolate itself, although this machine should allow it."
            )
        child.request(Seed(self.seed), 60.0)
        # What TensorFlow says while it is imported is not the student's.
        child.printed.clear()
        self.child = child
        return child

    def close(self) -> None:
        """End the worker; a later question starts another."""
        if self.child is not None:
            self.child.kill()
        self.child = None
        self.done.clear()

    def __enter__(self) -> "Room":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _fault(template: str, **values: object) -> Trouble:
    return Trouble(Kind.GRADER, Text(template, **values))


def as_request(step: Step, tell: bool, key: Any) -> Ask:
    """A step of the plan as a message; `key` is its name, or the path of the student's file."""
    args = [to_value(arg) for arg in step.args]
    kwargs = {name: to_value(arg) for name, arg in step.kwargs.items()}
    return Ask(step.number, step.op, step.of, to_value(key), args, kwargs, tell)


def read(reply: Reply, step: Step, tell: bool) -> Answer | Trouble | None:
    """A worker's message, which the student's code may have forged, as an answer to this very step or as Trouble."""
    if isinstance(reply, Ready) or reply.step != step.number:
        return FORGED
    match reply:
        case Done() if not tell:
            return None
        case Told() if tell:
            try:
                return Answer(from_value(reply.value))
            except MalformedError:
                return FORGED
        case Unfit() if reply.kind in UNFIT:
            what = Text(UNFIT[reply.kind], name=printable(reply.name))
            return Trouble(Kind.UNFIT, Text("It returned {what}.", what=what))
        case Raised():
            return _raised(reply)
    return FORGED


def _raised(reply: Raised) -> Trouble:
    error, words = printable(reply.error), printable(reply.message)
    if reply.kind == "missing":
        return Trouble(Kind.MISSING, words, error=error)
    sentence = f"{error}: {words}" if words else error
    if reply.kind == "uncallable":
        return Trouble(Kind.UNCALLABLE, sentence, reply.line, error=error)
    if error == "NotImplementedError":
        unwritten = Text("Not written yet: write the function, and save the file.")
        return Trouble(Kind.NOT_ATTEMPTED, unwritten, reply.line, error=error)
    return Trouble(Kind.RAISED, sentence, reply.line, error=error)
