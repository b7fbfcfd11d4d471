"""For authors: an exercise proved through the wall, case by case, by its solution, its starter, mistakes and alternatives.

Files in tests/mistakes/ and tests/alternatives/ hold what differs from the solution, and are read behind it.
"""

import ast
import dataclasses
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from course import paths
from course.checks.check import load_checks
from course.checks.mark import Mark, Outcome

TESTS = paths.HERE.parent / "tests"
MISTAKES, ALTERNATIVES = 10, 6
UNWRITTEN = "raise NotImplementedError"
Grade = Callable[[str, bytes, int], list[Mark]]


@dataclasses.dataclass(frozen=True)
class Case:
    """One thing that must hold of an exercise: what its marks must be for a source, or something about its files."""

    name: str
    stem: str
    judge: Callable[[list[Mark]], str]
    source: str | None = None
    seed: int = 3

    def fault(self, grade: Grade) -> str:
        """ "" where it holds, and otherwise what is wrong."""
        if self.source is None:
            return self.judge([])
        return self.judge(grade(self.stem, self.source.encode(), self.seed))


def cases(stem: str) -> Iterator[Case]:
    """All that must hold of an exercise. Needs a clone: the solutions are not in the wheel."""
    solution = _text("solutions", stem)
    starter = (paths.EXERCISES / f"{stem}.py").read_text("utf-8")
    yield Case("files", stem, lambda _: _files(stem, solution, starter))
    for seed in (1, 2):
        yield Case(f"solution, seed {seed}", stem, _passes, solution, seed)
    yield Case("starter", stem, _not_attempted, starter)
    if UNWRITTEN not in starter:
        # Where the task is to mend programs, they run and are wrong.
        yield Case("starter, begun", stem, _fails_cleanly, f"{starter}\n# begun\n")
    yield Case("empty file", stem, _fails_cleanly, "")
    yield Case("syntax error", stem, _fails_cleanly, f"{solution}\ndef :")
    name = _functions(starter, f"exercises/{stem}.py")[-1:]
    deleted = f"{solution}\n\ndel {''.join(name)}\n"
    yield Case("one function deleted", stem, partial(_deleted, "".join(name)), deleted)
    for path in _recorded("mistakes", stem):
        yield Case(f"mistake {path.stem}", stem, partial(_misses, path), after_solution(path), 4)
    for path in _recorded("alternatives", stem):
        yield Case(f"alternative {path.stem}", stem, _passes, after_solution(path), 5)


def faults(cases: list[Case], grade: Grade) -> Iterator[tuple[str, str]]:
    """The cases that do not hold, with what is wrong; where files or solution are at fault, the rest would only repeat it."""
    for case in cases:
        try:
            fault = case.fault(grade)
        except Exception as error:
            # The author's checks run here, and any error in them is the author's to see.
            fault = (
                str(error)
                if isinstance(error, UnreadableError)
                else f"{type(error).__name__}: {error}"
            )
        if fault:
            yield case.name, fault
            if case.name.startswith(("files", "solution")):
                return


def _text(kind: str, stem: str) -> str:
    return (TESTS / kind / f"{stem}.py").read_text("utf-8")


def after_solution(path: Path) -> str:
    """A recorded mistake or alternative as a whole file: read after the solution of its exercise."""
    return f"{_text('solutions', path.parent.name)}\n\n{path.read_text('utf-8')}"


def _recorded(kind: str, stem: str) -> list[Path]:
    return sorted((TESTS / kind / stem).glob("*.py"))


class UnreadableError(Exception):
    """A file of the author's that cannot be understood; the message names it and says what it should be."""


def _parsed(text: str, name: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise UnreadableError(
            f"{name}, line {error.lineno}: Python cannot read it ({error.msg})."
        ) from error


def named(path: Path) -> tuple[set[str], list[str]]:
    """What a mistake's docstring says: the checks that it misses, and parts of the sentences that it gets, with | between."""
    lines = (ast.get_docstring(_parsed(path.read_text("utf-8"), path.name)) or "").splitlines()
    heads = [line.partition(": ")[0] for line in lines]
    if heads != ["Misses", "Says"] or not lines[1].removeprefix("Says: ").strip():
        raise UnreadableError(
            f"{path.name}: its docstring is two lines, `Misses: test_a, test_b` and `Says: part of the sentence`."
        )
    says = lines[1].removeprefix("Says: ").split(" | ")
    return set(lines[0].removeprefix("Misses: ").split(", ")), says


def _functions(text: str, name: str) -> list[str]:
    return [node.name for node in _parsed(text, name).body if isinstance(node, ast.FunctionDef)]


def _files(stem: str, solution: str, starter: str) -> str:
    """Enough mistakes and alternatives, every check missed by some mistake, nothing of the solution in the starter."""
    mistakes, alternatives = _recorded("mistakes", stem), _recorded("alternatives", stem)
    if len(mistakes) < MISTAKES or len(alternatives) < ALTERNATIVES:
        return f"{len(mistakes)} mistakes and {len(alternatives)} alternatives: at least {MISTAKES} and {ALTERNATIVES} are wanted."
    names = {check.name for check in load_checks(paths.checks_of(stem), 1)}
    if not names:
        return f"test_{stem}.py holds no @check"
    missed = {name for path in mistakes for name in named(path)[0]}
    if missed != names:
        return (
            f"no mistake misses {', '.join(sorted(names - missed))}"
            if names - missed
            else f"no check: {', '.join(missed - names)}"
        )
    functions = _functions(starter, f"exercises/{stem}.py")
    if not functions:
        return "the starter has no function"
    for path in alternatives:
        if not set(functions) & set(_names(path)):
            return f"alternative {path.stem} gives none of {', '.join(functions)} anew"
    if UNWRITTEN not in starter:
        return ""
    lines = {
        line.strip()
        for line in solution.splitlines()
        if len(line.strip()) > 20 and not line.startswith(("def ", "import ", "from "))
    }
    shared = [line for line in starter.splitlines() if line.strip().lstrip("# ") in lines]
    return f"a line of the solution stands in the starter: {shared[0].strip()}" if shared else ""


def _names(path: Path) -> Iterator[str]:
    """The names that a file gives, however it gives them."""
    for node in ast.walk(_parsed(path.read_text("utf-8"), path.name)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias):
            yield node.asname or node.name


def _missed(marks: list[Mark]) -> dict[str, str]:
    return {m.check: f"{m.why} {m.error}".strip() for m in marks if not m.passed}


def _passes(marks: list[Mark]) -> str:
    return "; ".join(f"{name} is missed: {why}" for name, why in _missed(marks).items())


def _not_attempted(marks: list[Mark]) -> str:
    return "; ".join(
        f"{m.check} is {m.outcome}" for m in marks if m.outcome != Outcome.NOT_ATTEMPTED
    )


def _fails_cleanly(marks: list[Mark], may_pass: bool = False) -> str:
    """No check passes, none breaks the grader, and each says why."""
    bad = [m for m in marks if m.outcome == Outcome.GRADER_FAILED or (m.passed and not may_pass)]
    bad += [m for m in marks if not m.passed and not m.why]
    return "; ".join(f"{m.check} is {m.outcome}" for m in bad)


def _deleted(name: str, marks: list[Mark]) -> str:
    """The starter's last function was taken out of the solution: some check says that it is missing, by name."""
    if not any(f"no `{name}`" in m.why for m in marks):
        return f"no check says that {name} is missing"
    return _fails_cleanly(marks, may_pass=True)


def _misses(path: Path, marks: list[Mark]) -> str:
    reasons, (misses, says) = _missed(marks), named(path)
    if set(reasons) != misses:
        return f"misses {', '.join(sorted(reasons)) or 'nothing'}, not {', '.join(sorted(misses))}"
    unsaid = [one for one in says if not any(one in why for why in reasons.values())]
    return f"nothing says {unsaid[0]!r}: {reasons}" if unsaid else ""
