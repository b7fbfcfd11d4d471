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
        source = f"{solution}\n\n{path.read_text('utf-8')}".encode()
        yield Case(f"mistake {path.stem}", lambda grade, p=path, s=source: _misses(p, grade(stem, s, 4)))  # type: ignore[misc]
    for path in _recorded("alternatives", stem):
        source = f"{solution}\n\n{path.read_text('utf-8')}".encode()
        yield Case(f"alternative {path.stem}", lambda grade, s=source: _passes(grade(stem, s, 5)))  # type: ignore[misc]


def _text(kind: str, stem: str) -> str:
    return (TESTS / kind / f"{stem}.py").read_text("utf-8")


def _recorded(kind: str, stem: str) -> list[Path]:
    return sorted((TESTS / kind / stem).glob("*.py"))


def named(path: Path) -> tuple[set[str], str]:
    """What a mistake's docstring says: the checks that it misses, and a part of the sentence that it gets."""
    misses, says = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").splitlines()
    return set(misses.removeprefix("Misses: ").split(", ")), says.removeprefix("Says: ")


def _files(stem: str, solution: str, starter: str) -> str:
    """Enough mistakes and alternatives, every check missed by some mistake, nothing of the solution in the starter."""
    mistakes, alternatives = _recorded("mistakes", stem), _recorded("alternatives", stem)
    if len(mistakes) < MISTAKES or len(alternatives) < ALTERNATIVES:
        return f"{len(mistakes)} mistakes and {len(alternatives)} alternatives: at least {MISTAKES} and {ALTERNATIVES} are wanted."
    known = {one.name for one in load_checks(material.checks_of(stem), 1)}
    missed = {name for path in mistakes for name in named(path)[0]}
    if missed != known:
        return f"no mistake misses {', '.join(sorted(known - missed))}" if known - missed else f"no check: {missed - known}"
    lines = {line.strip() for line in solution.splitlines() if len(line.strip()) > 20}
    shared = [line for line in starter.splitlines() if line.strip() in lines and not line.startswith(("def ", "import ", "from "))]
    return f"a line of the solution stands in the starter: {shared[0].strip()}" if shared else ""


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
    name = [node.name for node in ast.parse(starter).body if isinstance(node, ast.FunctionDef)][-1]
    outcomes = grade(stem, f"{solution}\n\ndel {name}\n".encode(), 3)
    if not any(f"no `{name}`" in o.why for o in outcomes):
        return f"no check says that {name} is missing"
    return _fails_cleanly(outcomes, may_pass=True)


def _misses(path: Path, outcomes: list[Outcome]) -> str:
    found, (misses, says) = _missed(outcomes), named(path)
    if set(found) != misses:
        return f"misses {', '.join(sorted(found)) or 'nothing'}, not {', '.join(sorted(misses))}"
    return "" if any(says in why for why in found.values()) else f"nothing says {says!r}: {found}"
