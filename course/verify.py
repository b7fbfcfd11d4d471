"""For authors: an exercise proved through the wall, case by case, by its solution, its starter, mistakes and alternatives.

Files in tests/mistakes/ and tests/alternatives/ hold what differs from the solution, and are read behind it.
"""

import ast
import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

from course import material
from course.check import GRADER_FAILED, NOT_ATTEMPTED, PASSED, Outcome, load_checks

TESTS = material.HERE.parent / "tests"
MISTAKES, ALTERNATIVES = 10, 6
Grade = Callable[[str, bytes, int], list[Outcome]]


@dataclasses.dataclass(frozen=True)
class Case:
    """One thing that must hold of an exercise; `fault` gives "" where it does, and otherwise says what is wrong."""

    name: str
    fault: Callable[[Grade], str]


def cases(stem: str) -> Iterator[Case]:
    """All that must hold of an exercise. Wants a clone: the solutions are not in the wheel."""
    solution = _text("solutions", stem)
    starter = (material.EXERCISES / f"{stem}.py").read_text("utf-8")
    yield Case("files", lambda _: _files(stem, solution, starter))
    for seed in (1, 2):
        yield Case(f"solution, seed {seed}", lambda grade, seed=seed: _passes(grade(stem, solution.encode(), seed)))  # type: ignore[misc]
    yield Case("starter", lambda grade: _not_attempted(grade(stem, starter.encode(), 3)))
    yield Case("empty file", lambda grade: _fails_cleanly(grade(stem, b"", 3)))
    yield Case("syntax error", lambda grade: _fails_cleanly(grade(stem, f"{solution}\ndef :".encode(), 3)))
    yield Case("one function deleted", lambda grade: _deleted(stem, solution, starter, grade))
    for path in _recorded("mistakes", stem):
        source = behind_solution(path)
        yield Case(f"mistake {path.stem}", lambda grade, p=path, s=source: _misses(p, grade(stem, s, 4)))  # type: ignore[misc]
    for path in _recorded("alternatives", stem):
        source = behind_solution(path)
        yield Case(f"alternative {path.stem}", lambda grade, s=source: _passes(grade(stem, s, 5)))  # type: ignore[misc]


def faults(found: list[Case], grade: Grade) -> Iterator[tuple[str, str]]:
    """The cases that do not hold, with what is wrong; where files or solution are at fault, the rest would only repeat it."""
    for case in found:
        try:
            fault = case.fault(grade)
        except Exception as error:
            # The author's checks run here, and any error in them is the author's to see.
            fault = str(error) if isinstance(error, Unreadable) else f"{type(error).__name__}: {error}"
        if fault:
            yield case.name, fault
            if case.name.startswith(("files", "solution")):
                return


def _text(kind: str, stem: str) -> str:
    return (TESTS / kind / f"{stem}.py").read_text("utf-8")


def behind_solution(path: Path) -> bytes:
    """A recorded mistake or alternative as a whole file: read behind the solution of its exercise."""
    return f"{_text('solutions', path.parent.name)}\n\n{path.read_text('utf-8')}".encode()


def _recorded(kind: str, stem: str) -> list[Path]:
    return sorted((TESTS / kind / stem).glob("*.py"))


class Unreadable(Exception):
    """A file of the author's that cannot be understood; the message names it and says what it should be."""


def _parsed(text: str, name: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise Unreadable(f"{name}, line {error.lineno}: Python cannot read it ({error.msg}).") from error


def named(path: Path) -> tuple[set[str], str]:
    """What a mistake's docstring says: the checks that it misses, and a part of the sentence that it gets."""
    lines = (ast.get_docstring(_parsed(path.read_text("utf-8"), path.name)) or "").splitlines()
    heads = [line.partition(": ")[0] for line in lines]
    if heads != ["Misses", "Says"] or not lines[1].removeprefix("Says: ").strip():
        raise Unreadable(f"{path.name}: its docstring is two lines, `Misses: test_a, test_b` and `Says: part of the sentence`.")
    return set(lines[0].removeprefix("Misses: ").split(", ")), lines[1].removeprefix("Says: ")


def _functions(text: str, name: str) -> list[str]:
    return [node.name for node in _parsed(text, name).body if isinstance(node, ast.FunctionDef)]


def _files(stem: str, solution: str, starter: str) -> str:
    """Enough mistakes and alternatives, every check missed by some mistake, nothing of the solution in the starter."""
    mistakes, alternatives = _recorded("mistakes", stem), _recorded("alternatives", stem)
    if len(mistakes) < MISTAKES or len(alternatives) < ALTERNATIVES:
        return f"{len(mistakes)} mistakes and {len(alternatives)} alternatives: at least {MISTAKES} and {ALTERNATIVES} are wanted."
    known = {one.name for one in load_checks(material.checks_of(stem), 1)}
    if not known:
        return f"test_{stem}.py holds no @check"
    missed = {name for path in mistakes for name in named(path)[0]}
    if missed != known:
        return f"no mistake misses {', '.join(sorted(known - missed))}" if known - missed else f"no check: {', '.join(missed - known)}"
    functions = _functions(starter, f"exercises/{stem}.py")
    if not functions:
        return "the starter has no function"
    for path in alternatives:
        if not set(functions) & set(_names(path)):
            return f"alternative {path.stem} gives none of {', '.join(functions)} anew"
    lines = {line.strip() for line in solution.splitlines() if len(line.strip()) > 20 and not line.startswith(("def ", "import ", "from "))}
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


def _missed(outcomes: list[Outcome]) -> dict[str, str]:
    return {o.check.name: f"{o.why} {o.error}".strip() for o in outcomes if o.status != PASSED}


def _passes(outcomes: list[Outcome]) -> str:
    return "; ".join(f"{name} is missed: {why}" for name, why in _missed(outcomes).items())


def _not_attempted(outcomes: list[Outcome]) -> str:
    return "; ".join(f"{o.check.name} is {o.status}" for o in outcomes if o.status != NOT_ATTEMPTED)


def _fails_cleanly(outcomes: list[Outcome], may_pass: bool = False) -> str:
    """No check passes, none breaks the grader, and each says why."""
    bad = [o for o in outcomes if o.status == GRADER_FAILED or (o.status == PASSED and not may_pass)]
    bad += [o for o in outcomes if o.status != PASSED and not o.why]
    return "; ".join(f"{o.check.name} is {o.status}" for o in bad)


def _deleted(stem: str, solution: str, starter: str, grade: Grade) -> str:
    """The starter's last function taken out of the solution: some check says that it is missing, by name."""
    name = _functions(starter, f"exercises/{stem}.py")[-1]
    outcomes = grade(stem, f"{solution}\n\ndel {name}\n".encode(), 3)
    if not any(f"no `{name}`" in o.why for o in outcomes):
        return f"no check says that {name} is missing"
    return _fails_cleanly(outcomes, may_pass=True)


def _misses(path: Path, outcomes: list[Outcome]) -> str:
    found, (misses, says) = _missed(outcomes), named(path)
    if set(found) != misses:
        return f"misses {', '.join(sorted(found)) or 'nothing'}, not {', '.join(sorted(misses))}"
    return "" if any(says in why for why in found.values()) else f"nothing says {says!r}: {found}"
