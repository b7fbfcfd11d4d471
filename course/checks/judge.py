"""From a check's questions to its mark: ask, compare, say what is wrong."""

import ast
import difflib
import re
import time
from functools import cache
from typing import Any

import msgspec
import numpy as np

from course import paths
from course.checks.check import Check
from course.checks.compare import agrees
from course.checks.errors import explain
from course.checks.mark import Mark, Miss, Outcome
from course.checks.models import describe
from course.text import Text, as_text, printable, truncate
from course.wall.child import Kind, Trouble
from course.wall.message import LeftOut
from course.wall.question import Question, render
from course.wall.room import Room
from course.wall.source import WAITED, TooLongError, decoded

# Characters of what is told; a student's answer or line can be of any length.
LENGTHS = {
    "why": 500,
    "asked": 2_000,
    "came": 4_000,
    "expected": 4_000,
    "line": 200,
    "error": 2_000,
    "noted": 1_000,
}
PRINTED = 20_000
# Names of a file among which the nearest one is looked for.
NAMES = 2_000
# What Python says where a name was never bound.
LACKING = r"(?:module 'student' has no attribute|NameError: name) '(\w{1,100})'"
TOO_LONG = TooLongError.__name__
SHOWN_LEFT_OUT = 3
# Errors of Python's that mean that nothing of the file has run.
UNREADABLE = "(SyntaxError|IndentationError|TabError)"


def blank(check: Check, outcome: Outcome, why: str = "") -> Mark:
    """The mark of a check for which nothing was asked."""
    points = check.points if outcome == Outcome.PASSED else 0.0
    return Mark(check.name, check.sentence, outcome, points, check.points, why=why, hint=check.hint)


def judge(check: Check, room: Room) -> Mark:
    """Ask the check's questions and judge the answers."""
    start, room.printed = time.monotonic(), ""
    mark = _Judgement(check, room).mark()
    if room.untouched and mark.outcome in (Outcome.FAILED, Outcome.NOT_REACHED):
        # A starter whose programs run and are wrong is not begun either.
        mark = blank(check, Outcome.NOT_ATTEMPTED)
    mark = msgspec.structs.replace(mark, noted=_told(room, mark.line))
    short: dict[str, Any] = {n: truncate(getattr(mark, n), size) for n, size in LENGTHS.items()}
    lost = max(0, len(room.printed) - PRINTED)
    cut = f"[… {lost:,} …]\n" if lost else ""
    short["printed"] = cut + room.printed[lost:] if mark.why else ""
    return msgspec.structs.replace(mark, seconds=time.monotonic() - start, **short)


class _Absent:
    """Takes the place of an answer that did not come; whatever a verdict does with it fails."""


class _Judgement:
    """The answers to one check's questions so far, and what they come to."""

    def __init__(self, check: Check, room: Room) -> None:
        self.check, self.room = check, room
        self.answers: list[Any] = []

    def _mark(self, outcome: Outcome, why: str = "", asked: str = "", **texts: Any) -> Mark:
        mark = blank(self.check, outcome, why)
        return msgspec.structs.replace(mark, asked=asked, **texts)

    def _asked(self) -> str:
        return "; ".join(map(render, self.check.questions))

    def mark(self) -> Mark:
        """Ask each question in turn; the first one without an answer decides, else the verdict."""
        check, room = self.check, self.room
        for question in check.questions:
            reply = room.ask(question, check.seconds)
            if isinstance(reply, Trouble):
                return self._earlier_mistake(question, reply) or self._troubled(question, reply)
            self.answers.append(reply.value)
        return self._verdict()

    def _mistake(self, answer: Any) -> Text | None:
        """The sentence for a known wrong answer."""
        mistakes = self.check.mistakes.items()
        return next((as_text(why) for why, wrong in mistakes if agrees(answer, wrong)), None)

    def _verdict(self) -> Mark:
        check = self.check
        for question, answer in zip(check.questions, self.answers, strict=True):
            if not _fair_size(answer):
                why = Text("The answer is far larger than what was asked for.")
                return self._mark(Outcome.FAILED, why, render(question))
        try:
            check.verdict(*self.answers)
        except Miss as miss:
            pairs = zip(check.questions, self.answers, strict=True)
            asked = next((render(q) for q, answer in pairs if answer is miss.answer), self._asked())
            return self._missed(miss, asked)
        except Exception as error:
            # The answer is the student's and can have any form; a verdict need not foresee them all.
            why = Text(
                "The answer has an unexpected form ({error}: {error1}).",
                error=type(error).__name__,
                error1=error,
            )
            came = "; ".join(map(describe, self.answers))
            return self._mark(Outcome.FAILED, why, self._asked(), came=came)
        return self._mark(Outcome.PASSED)

    def _earlier_mistake(self, failing: Question, trouble: Trouble) -> Mark | None:
        """The failure of an answer that was wrong already, where a later question met trouble because of it."""
        if trouble.kind not in (Kind.RAISED, Kind.UNCALLABLE, Kind.MISSING) or not trouble.fresh:
            return None
        plan = self.room.plan
        rests_on = {step.number for step in plan.path(plan.lay(failing))}
        for question, answer in zip(self.check.questions, self.answers, strict=False):
            if plan.lay(question) in rests_on and (why := self._mistake(answer)):
                came = describe(answer)
                return self._mark(Outcome.FAILED, why, render(question), came=came)
        # The verdict may see by what there is so far that it is wrong.
        absent = [_Absent() for _ in self.check.questions[len(self.answers) :]]
        try:
            self.check.verdict(*self.answers, *absent)
        except Miss as miss:
            for question, answer in zip(self.check.questions, self.answers, strict=False):
                if answer is miss.answer and plan.lay(question) in rests_on:
                    return self._missed(miss, render(question))
        except Exception:
            return None
        return None

    def _missed(self, miss: Miss, asked: str) -> Mark:
        why = self._mistake(miss.answer) or miss.why
        return self._mark(Outcome.FAILED, why, asked, came=miss.came, expected=miss.expected)

    def _troubled(self, question: Question, trouble: Trouble) -> Mark:
        asked, line = render(question), _line(trouble, self.room)
        sentence = trouble.sentence
        match trouble.kind:
            case Kind.GRADER:
                return self._mark(Outcome.GRADER_FAILED, sentence, asked)
            case Kind.RAISED | Kind.MISSING if cause := self._cause(sentence):
                line = _line(cause, self.room)
                return self._mark(
                    Outcome.FAILED, self._raised(cause), asked, line=line, error=cause.sentence
                )
            case Kind.NOT_ATTEMPTED:
                return self._mark(Outcome.NOT_ATTEMPTED, sentence, asked, line=line)
            case Kind.MISSING if trouble.fresh or self.room.typed:
                return self._missing(trouble, asked)
            case _ if not trouble.fresh:
                why = Text(
                    "An earlier check already found this problem: {sentence}", sentence=sentence
                )
                return self._mark(Outcome.NOT_REACHED, why, asked)
            case Kind.UNBUILDABLE:
                # What a tensor of a model cannot be given to is why it cannot be traced.
                known = None if "KerasTensor" in sentence else explain(sentence)
                why = known or Text(
                    "This model can't be graded, because {reason}: use Keras's own layers and keras.ops in it.",
                    reason=sentence,
                )
                return self._mark(Outcome.FAILED, why, asked)
            case Kind.RAISED | Kind.UNCALLABLE:
                return self._mark(
                    Outcome.FAILED, self._raised(trouble), asked, line=line, error=sentence
                )
        if trouble.kind == Kind.LIMIT and trouble.at_top:
            sentence = _outside(sentence)
        return self._mark(Outcome.FAILED, sentence, asked, line=line)

    def _cause(self, sentence: str) -> Trouble | None:
        """The statement at the top that raised, and would have bound the name that is missing now."""
        if match := re.search(LACKING, sentence):
            for one in self.room.left_out:
                if match[1] in one.names:
                    return _as_trouble(one)
        return None

    def _raised(self, trouble: Trouble) -> Text:
        """What an error means: of the call itself, of code outside the functions, or of a function."""
        if trouble.kind == Kind.UNCALLABLE:
            return Text(
                "The function's arguments differ from those in the exercise: compare its first line with the starter's."
            )
        if trouble.error == TOO_LONG:
            return _outside(trouble.sentence)
        source = _text(self.room.source)[:CHARACTERS]
        names = sorted(set(re.findall(r"\b[A-Za-z_]\w{1,39}\b", source)))[:NAMES]
        why = explain(trouble.sentence, names) or Text("Your code raised an error.")
        if trouble.at_top and trouble.line and not re.match(UNREADABLE, trouble.sentence):
            why = Text(
                "{why} {place} is outside the functions: it runs when the file is read.",
                why=why,
                place=_place(trouble, self.room),
            )
        return why

    def _missing(self, trouble: Trouble, asked: str) -> Mark:
        sentence = trouble.sentence
        match = re.match(r"module 'student' has no attribute '(\w+)'", sentence)
        if match is None:
            error = f"{trouble.error}: {sentence}"
            why = explain(error) or Text("{sentence}.", sentence=sentence)
            return self._mark(Outcome.FAILED, why, asked, came=sentence)
        name, source = match[1], _text(self.room.source)
        defined = re.findall(r"\bdef (\w{1,80})\(", source)[:100]
        given = starter_names(self.room.file_name)
        near = difflib.get_close_matches(name, [n for n in defined if n not in given], 1, 0.8)
        why = Text("Your file has no `{name}`: keep the name that the starter gives.", name=name)
        if self.room.file_name.endswith(".ipynb"):
            why = Text(
                "No cell defines `{name}`: run the cell that does, and keep the name that the starter gives.",
                name=name,
            )
        if self.room.typed and not near:
            # Cells that were not run yet are no fault.
            return self._mark(Outcome.NOT_ATTEMPTED, why, asked)
        if near:
            why = Text(
                "Your file has no `{name}`, but it has `{near}`: keep the name that the starter gives.",
                name=name,
                near=near[0],
            )
        return self._mark(Outcome.FAILED, why, asked)


# Entries and characters of an answer, as far as comparisons may see it: NumPy could make of a small
# answer an array of many times its size.
ENTRIES, CHARACTERS = 50_000, 100_000


def _fair_size(answer: Any) -> bool:
    """Whether an answer is small enough to be compared: entries, text, and text among entries."""
    entries, characters, longest, todo = 0, 0, 0, [answer]
    while todo:
        match todo.pop():
            case np.ndarray() as array:
                entries += array.size
            case str() as text:
                characters, longest = characters + len(text), max(longest, len(text))
                entries += 1
            case list() | tuple() as items:
                todo.extend(items)
            case dict() as items:
                todo.extend(items.values())
            case _:
                entries += 1
        if entries + len(todo) > ENTRIES or characters > CHARACTERS:
            return False
    # An array of text gives each entry the room of the longest.
    return entries * longest <= 10 * CHARACTERS


@cache
def starter_names(file_name: str) -> frozenset[str]:
    """The functions that the starter of this name defines: none of them is a misspelling of another."""
    path = (paths.EXERCISES / file_name).with_suffix(".py")
    tree = ast.parse(path.read_text("utf-8") if path.exists() else "")
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def _text(source: bytes) -> str:
    try:
        return decoded(source)
    except SyntaxError:
        return source.decode("utf-8", "replace")


def _line(trouble: Trouble, room: Room) -> str:
    """The line, with its text as the student's process gives it; of a notebook with its cell."""
    if trouble.line is None:
        return ""
    words = {"line": trouble.line, "code": trouble.code}
    if trouble.cell is None:
        return Text("line {line}: {code}", **words)
    return Text("line {line} of {cell}: {code}", cell=_cell(trouble.cell, room), **words)


def _cell(number: int, room: Room) -> Text:
    """A cell by its place among the code cells of a notebook, or by the number that a kernel shows."""
    if room.typed:
        return Text("In [{cell}]", cell=number)
    return Text("code cell {cell}", cell=number)


def _place(trouble: Trouble, room: Room) -> Text:
    if trouble.cell is None:
        return Text("Line {line}", line=trouble.line)
    return Text("Line {line} of {cell}", line=trouble.line, cell=_cell(trouble.cell, room))


def _outside(sentence: str) -> Text:
    """What took too long is not in a function."""
    return Text(
        '{sentence} It is code outside the functions, which runs when the file is read: put training and trials below `if __name__ == "__main__":`.',
        sentence=sentence,
    )


def _as_trouble(one: LeftOut) -> Trouble:
    """A statement that was left out, as what troubles the questions that need it."""
    error, words = printable(one.error), printable(one.message)
    sentence = f"{error}: {words}" if words else error
    if error == TOO_LONG:
        sentence = Text(
            "It took too long, so it was ended: leave out endless loops and training here."
        )
        if words == WAITED:
            sentence = Text("It only waited, so it was ended.")
    place: dict[str, Any] = {"line": one.line, "cell": one.cell, "code": printable(one.code)}
    return Trouble(Kind.RAISED, sentence, error=error, at_top=True, **place)


def _told(room: Room, shown: str) -> str:
    """What was noted when the file was chosen, and which statements at its top were left out, and why: the first few.

    Not told are the line that is shown as the mark's own, and what was left out because of an earlier line.
    """
    texts: list[Text] = list(room.notes)
    lost: set[str] = set()
    causes = []
    for one in room.left_out:
        match = re.search(LACKING, f"{one.error}: {one.message}")
        if match is None or match[1] not in lost:
            causes.append(one)
        lost |= set(one.names)
    for one in causes[:SHOWN_LEFT_OUT]:
        trouble = _as_trouble(one)
        if shown and _line(trouble, room) == shown:
            continue
        said = trouble.sentence
        if one.error != TOO_LONG and (known := explain(said)) is not None:
            said = Text("{error}. {why}", error=said, why=known)
        texts.append(Text("{place} was left out: {why}", place=_place(trouble, room), why=said))
    if (more := len(causes) - SHOWN_LEFT_OUT) > 0:
        texts.append(Text("{count} more lines were left out.", count=more))
    told: str = texts[0] if texts else ""
    for text in texts[1:]:
        told = Text("{one}\n{two}", one=told, two=text)
    return told
