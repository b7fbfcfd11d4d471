"""The wall as the checks see it: a room holds one student's file, answers questions about it, or says what troubles it.

Fail closed: whatever is not a well-formed reply to the question just asked is Trouble. What came
before a hang or a crash counts, and the worker starts again after the culprit, so that one endless
loop costs one check.
"""

import dataclasses
import os
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from course import seed as seeds
from course.text import Text, printable, tr, translate
from course.wall.child import FORGED, Child, Kind, Limits, Trouble
from course.wall.clean import CleanRoom
from course.wall.message import (
    UNFIT,
    Ask,
    DictValue,
    Done,
    Graph,
    Handed,
    Hold,
    KerasObject,
    LeftOut,
    ListValue,
    MalformedError,
    Model,
    Raised,
    Ready,
    Reply,
    Seed,
    Told,
    TupleValue,
    Unfit,
    UnfitError,
    Untraceable,
    from_value,
    to_value,
)
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


def layers() -> str:
    """The layers in force, in words and in the language in force."""
    words = {
        "process": tr("a process of its own"),
        "limits": tr("limits"),
        "files": tr("no other files"),
        "calls": tr("a list of system calls"),
    }
    return ", ".join(words[layer] for layer in FULL if layer in isolation())


def missing_layers() -> list[str]:
    """What this machine's isolation lacks, in words and in the language in force."""
    words = {
        "limits": tr("limits enforced by the system"),
        "files": tr("no reading or writing of other files"),
        "calls": tr("no network, no new processes"),
    }
    return [words[layer] for layer in FULL[1:] if layer not in isolation()]


# What Landlock covers from each version on.
LANDLOCK = {
    2: Text("moving files between folders"),
    3: Text("cutting files"),
    4: Text("the network"),
    5: Text("commands to devices"),
    6: Text("signals to other processes"),
}


def older_kernel() -> list[str]:
    """What this Linux kernel leaves to the list of system calls, and whom student code runs as for root: a sentence each."""
    if sys.platform != "linux":
        return []
    from course.wall import confine

    version, said = confine.landlock_version(), []
    if lacking := [translate(what) for since, what in LANDLOCK.items() if since > version]:
        said.append(
            tr(
                "This kernel's Landlock is version {version}. It does not cover: {lacking}. The list of system calls refuses them.",
                version=version,
                lacking=", ".join(lacking),
            )
        )
    if os.geteuid() == 0 and confine.other_user() is None:
        said.append(
            tr(
                "You are root, and Python or its packages lie where no other user can read: student code runs as root without its rights. Install the course outside of root's home folder."
            )
        )
    return said


class Room:
    """One student's file, ready to be asked; starts its worker with the first question, and again after a crash.

    What the student's functions give is described in the student's process and rebuilt in the clean
    room: it is the rebuilt object that is told, and of which everything further is asked.
    """

    def __init__(
        self,
        source: bytes,
        file_name: str,
        seed: int,
        limits: Limits | None = None,
        clean: CleanRoom | None = None,
        beside: Mapping[str, bytes] | None = None,
    ) -> None:
        self.source, self.file_name, self.seed = source, file_name, seed
        # The student's own modules, which the file may import: name → bytes.
        self.beside = beside
        # What was noted when the file was chosen; and statements at its top that raised.
        self.notes: Sequence[Text] = ()
        # Whether it was typed in a notebook's kernel, which numbers its cells itself.
        self.typed = False
        # Whether it is a starter that nobody has changed.
        self.untouched = False
        self.left_out: list[LeftOut] = []
        self.limits, self.clean = limits or Limits(), clean or CleanRoom(None)
        self.warm = self.clean.warm
        self.plan = Plan()
        self.troubles: dict[int, Trouble] = {}
        self.child: Child | None = None
        # Steps that the student's process has done, and what it handed over of them.
        self.done: set[int] = set()
        self.handed: dict[int, Any] = {}
        # Steps that the clean room holds, and the records that it told of what it has rebuilt.
        self.held: set[int] = set()
        self.generation = -1
        self.records: dict[int, Any] = {}
        self.printed = ""
        # Limits that were hit: a file that does so again and again is given up.
        self.hits: list[Trouble] = []
        self.restarts = 0

    def ask(self, question: Question, cpu_seconds: float | None = None) -> Answer | Trouble:
        """The answer, or why there is none.

        Steps that questions share are done once. `printed` grows by what they print.
        """
        step = self.plan.steps[self.plan.lay(question)]
        seconds = cpu_seconds or self.limits.cpu_seconds
        if cpu_seconds and self.hits:
            seconds = cpu_seconds / AFTER_HIT
        if len(self.hits) >= MOST_HITS:
            return dataclasses.replace(self.hits[-1], fresh=False)
        answer = self._in_clean_room(step, seconds) if step.clean else self._told(step, seconds)
        if isinstance(answer, Trouble) and answer.kind == Kind.LIMIT and answer.fresh:
            self.hits.append(answer)
            self.limits = dataclasses.replace(
                self.limits,
                cpu_seconds=self.limits.cpu_seconds / AFTER_HIT,
                idle_seconds=self.limits.idle_seconds / AFTER_HIT,
            )
        return answer

    # --- the student's process ---

    def _ensure(self, step: Step, seconds: float) -> Trouble | None:
        """Have a step done in the student's process; Trouble where it, or one that it rests on, cannot be."""
        if step.number in self.troubles:
            return dataclasses.replace(self.troubles[step.number], fresh=False)
        if step.number in self.done:
            return None
        reply = self._do(step, False, seconds)
        return reply if isinstance(reply, Trouble) else None

    def _hand_over(self, step: Step, seconds: float) -> Trouble | None:
        """Have the student's process tell what a step gave, once; Trouble where it cannot."""
        if step.number in self.troubles:
            return dataclasses.replace(self.troubles[step.number], fresh=False)
        if step.number not in self.handed:
            reply = self._do(step, True, seconds)
            if isinstance(reply, Trouble):
                return reply
            if _holds(reply, (Model, KerasObject)):
                # Only the clean room tells of objects, and of those that it has rebuilt.
                self.troubles[step.number] = FORGED
                return FORGED
            self.handed[step.number] = reply
        return None

    def _told(self, step: Step, seconds: float) -> Answer | Trouble:
        """What a step of the student's process gave, as the clean room has rebuilt it."""
        if (trouble := self._hand_over(step, seconds)) is not None:
            return trouble
        value = self.handed[step.number]
        if not _holds(value, (Graph, Handed)):
            return _answer(value)
        if (trouble := self._hold(step, seconds)) is not None:
            return trouble
        return _answer(self.records[step.number])

    def _do(self, step: Step, tell: bool, seconds: float) -> Any:
        """Do one step, and what it rests on, in the student's process: the Value it told, None, or Trouble."""
        if step.op == "either":
            return self._either(step, tell, seconds)
        needs = sorted(step.needs())
        while True:
            for number in needs:
                if (trouble := self._ensure(self.plan.steps[number], seconds)) is not None:
                    return trouble
            # A server that is lost in between takes with it what was done.
            if self.done.issuperset(needs):
                break
        op = "same" if step.op == "snapshot" else step.op
        return self._request(step, op, step.of, tell, seconds)

    def _either(self, step: Step, tell: bool, seconds: float) -> Any:
        trouble: Trouble | None = None
        for ref in step.args:
            trouble = self._ensure(self.plan.steps[ref.step], seconds)
            if trouble is None:
                return self._request(step, "same", ref.step, tell, seconds)
        return trouble

    def _request(self, step: Step, op: str, of: int | None, tell: bool, seconds: float) -> Any:
        try:
            child = self.child or self._start()
            if isinstance(child, Trouble):
                return child
            key = str(child.file) if op == "student" else step.name
            args = () if op == "same" else step.args
            asked = as_request(dataclasses.replace(step, of=of, args=args), tell, key, op)
        except (OSError, UnfitError) as error:
            return _fault("The worker did not start: {error}", error=error)
        reply = child.request(asked, seconds)
        self.printed += child.heard()
        answer = reply if isinstance(reply, Trouble) else read(reply, step.number, tell)
        if isinstance(reply, Done) and reply.left_out:
            self.left_out = reply.left_out
        if not isinstance(answer, Trouble):
            self.done.add(step.number)
            return answer
        if (
            answer.kind == Kind.CRASH
            and self.warm
            and self.warm.available
            and self.warm.lost(child.server)
        ):
            # The server died, and this process with it: no fault of the student's.
            self.close()
            if self.restarts < MOST_RESTARTS:
                # What the step rests on is done again too.
                self.restarts += 1
                return self._do(step, tell, seconds)
            return _fault("The worker did not start: {error}", error=Text("its server has ended"))
        answer = dataclasses.replace(answer, at_top=op == "student")
        if answer.kind in BROKEN:
            self.close()
        else:
            self.done.add(step.number)
        if answer.kind not in (Kind.UNFIT, Kind.UNBUILDABLE, Kind.GRADER):
            self.troubles[step.number] = answer
        return answer

    def _start(self) -> Child | Trouble:
        child = Child(self.source, self.file_name, self.limits, self.warm, self.beside)
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
            return _fault("The worker could not confine itself as this machine should allow.")
        child.request(Seed(seeds.of_worker(self.seed)), 60.0)
        # What TensorFlow says while it is imported is not the student's.
        child.printed.clear()
        self.child = child
        return child

    # --- the clean room ---

    def _in_clean_room(self, step: Step, seconds: float) -> Answer | Trouble:
        """What a step gives that is asked of rebuilt objects; tried once more where the clean room itself was lost."""
        for last_try in (False, True):
            reply = self._clean_step(step, True, seconds)
            if last_try or not (
                isinstance(reply, Trouble) and reply.kind in BROKEN and reply.fresh
            ):
                break
        if isinstance(reply, Trouble):
            return reply
        return _answer(reply)

    def _clean_step(self, step: Step, tell: bool, seconds: float) -> Any:
        if (trouble := self._ready(seconds)) is not None:
            return trouble
        for number in sorted(step.needs()):
            need = self.plan.steps[number]
            if not need.clean:
                trouble = self._hold(need, seconds)
            elif number not in self.held:
                reply = self._clean_step(need, False, seconds)
                trouble = reply if isinstance(reply, Trouble) else None
            if trouble is not None:
                return trouble
        op = "keras" if step.op == "clean" else step.op
        reply = self.clean.request(as_request(step, tell, step.name, op), seconds)
        answer = reply if isinstance(reply, Trouble) else read(reply, step.number, tell)
        if not isinstance(answer, Trouble):
            self.held.add(step.number)
        return answer

    def _ready(self, seconds: float) -> Trouble | None:
        if (trouble := self.clean.serve(self, seeds.of_worker(self.seed))) is not None:
            return _fault("The worker did not start: {error}", error=trouble.sentence)
        if self.generation != self.clean.generation:
            self.generation = self.clean.generation
            self.held.clear()
        return None

    def _hold(self, step: Step, seconds: float) -> Trouble | None:
        """Have the clean room rebuild and keep what a step of the student's process handed over."""
        if (trouble := self._hand_over(step, seconds)) is not None:
            return trouble
        for _ in range(2):
            if (trouble := self._ready(seconds)) is not None:
                return trouble
            if step.number in self.held:
                return None
            reply = self.clean.request(Hold(step.number, self.handed[step.number]), seconds)
            answer = reply if isinstance(reply, Trouble) else read(reply, step.number, True)
            if not isinstance(answer, Trouble):
                self.held.add(step.number)
                self.records[step.number] = answer
                return None
            if answer.kind not in BROKEN:
                break
        # A second loss of the clean room by the same description is no accident.
        why = Text("it takes too much time or memory") if answer.kind in BROKEN else answer.sentence
        trouble = Trouble(Kind.UNBUILDABLE, why, error=answer.error)
        self.troubles[step.number] = trouble
        return trouble

    def close(self) -> None:
        """End the student's process; a later question starts another."""
        if self.child is not None:
            self.child.kill()
        self.child = None
        self.done.clear()

    def __enter__(self) -> "Room":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


MOST_HITS, MOST_RESTARTS = 2, 3
# A file that has hit a limit has so many times less time for a step.
AFTER_HIT = 3.0
BROKEN = (Kind.LIMIT, Kind.CRASH, Kind.PROTOCOL)


def _holds(value: Any, kinds: tuple[type, ...]) -> bool:
    """Whether there is an object of these kinds in what was handed over."""
    match value:
        case ListValue() | TupleValue():
            return any(_holds(item, kinds) for item in value.items)
        case DictValue():
            return any(_holds(item, kinds) for _, item in value.items)
    return isinstance(value, kinds)


def _answer(value: Any) -> Answer | Trouble:
    try:
        return Answer(from_value(value))
    except MalformedError:
        return FORGED


def _fault(template: str, **values: object) -> Trouble:
    return Trouble(Kind.GRADER, Text(template, **values))


def as_request(step: Step, tell: bool, key: Any, op: str = "") -> Ask:
    """A step of the plan as a message; `key` is its name, or the path of the student's file."""
    args = [to_value(arg) for arg in step.args]
    kwargs = {name: to_value(arg) for name, arg in step.kwargs.items()}
    return Ask(step.number, op or step.op, step.of, to_value(key), args, kwargs, tell)  # type: ignore[arg-type]


def read(reply: Reply, number: int, tell: bool) -> Any:
    """A worker's message, which the student's code may have forged: the Value told, None for a step done, or Trouble."""
    if isinstance(reply, Ready) or reply.step != number:
        return FORGED
    match reply:
        case Done() if not tell:
            return None
        case Told() if tell:
            return reply.value
        case Unfit() if reply.kind in UNFIT:
            what = Text(UNFIT[reply.kind], name=printable(reply.name))
            return Trouble(Kind.UNFIT, Text("It returned {what}.", what=what))
        case Untraceable():
            return Trouble(Kind.UNBUILDABLE, printable(reply.why))
        case Raised():
            return _raised(reply)
    return FORGED


# Lines of TensorFlow's long messages that tell where in libraries something was called.
STACK = re.compile(r"""^\s*(File "|Detected at node |Stack trace|\[\[\{\{node |<frozen |…$)""")


def _telling(words: str) -> str:
    """An error's message without the stack of calls inside libraries."""
    lines = words.splitlines()
    told = [line for line in lines if not STACK.search(line)]
    return words if len(told) == len(lines) else "\n".join(filter(str.strip, told))


def _raised(reply: Raised) -> Trouble:
    error, words = printable(reply.error), _telling(printable(reply.message))
    if reply.kind == "missing":
        return Trouble(Kind.MISSING, words, error=error)
    sentence = f"{error}: {words}" if words else error
    place: dict[str, Any] = {"line": reply.line, "cell": reply.cell, "code": printable(reply.code)}
    if reply.kind == "uncallable":
        return Trouble(Kind.UNCALLABLE, sentence, error=error, **place)
    if reply.kind == "unwritten":
        unwritten = Text("Not written yet: write the function, and save the file.")
        if reply.cell is not None:
            unwritten = Text("Not written yet: write the function, run its cell, and save.")
        return Trouble(Kind.NOT_ATTEMPTED, unwritten, error=error, **place)
    return Trouble(Kind.RAISED, sentence, error=error, **place)
