"""An exercise in a notebook: `exercise.check()` sends what the notebook's cells define to the same checks, in the same sandbox."""

import ast
import contextlib
import html
from typing import Any

from course import paths
from course import seed as seeds
from course.checks.mark import Mark, Outcome, lines, word
from course.classroom.files import TYPED, Source
from course.classroom.grade import grade_file
from course.script import translated
from course.student.check import sign
from course.student.folder import solution_of
from course.student.lesson import load_keras
from course.text import UsageError, tr, translate
from course.wall.clean import CleanRoom
from course.wall.process import WarmServer
from course.wall.source import DEFINED, notebook_of, parsed


class Exercise:
    """One exercise of a notebook. Nothing of the checks is executed in the kernel.

    Args:
        stem: The exercise's name, such as 05_losses, or its number.
    """

    def __init__(self, stem: str) -> None:
        self.stem = paths.resolve(stem, paths.exercise_stems())
        load_keras()
        self.marks: list[Mark] = []
        self.solution_asked, self.steps = False, 0
        self._clean = CleanRoom(WarmServer(spare=True))

    def check(self, seed: int | None = None) -> "Page":
        """A sign for each check, and the first check that is left, whole; inputs are drawn anew unless a seed is given."""
        with contextlib.suppress(UsageError):
            if isinstance(seed, str) and paths.resolve(seed, [self.stem]) == self.stem:
                seed = None
        if not isinstance(seed, int | None):
            words = tr(
                'exercise.check() checks {stem}, and takes no exercise or function. Another exercise: Exercise("02").check()',
                stem=self.stem,
            )
            return Page(words, [])
        number = seeds.new() if seed is None else seed
        source = Source(notebook_of(defined(_cells())), TYPED)
        self.marks, self.steps = grade_file(self.stem, source, number, self._clean), 0
        return self._page()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise UsageError(
            "exercise.{name} is not there. There are exercise.check(), exercise.hint() and exercise.solution().",
            name=name,
        )

    def hint(self, *_: object) -> "Page":
        """The hint of the first check that is left; each time that it is asked for, one step more."""
        if not self.marks:
            self.check()
        self.steps += 1
        return self._page()

    def solution(self) -> "Page":
        """The author's solution: once every check passes, or when it is asked for twice. Only a clone of the course has it."""
        path = solution_of(self.stem)
        if path is None:
            return Page(tr("Only a clone of the course has the author's solutions."), [])
        done = self.marks and all(mark.passed for mark in self.marks)
        if not done and not self.solution_asked:
            self.solution_asked = True
            return Page(
                tr(
                    "Not every check passes yet: run exercise.solution() again to see the solution all the same."
                ),
                [],
            )
        return Page(self.stem, [("", translated(path.read_text("utf-8")))])

    def _page(self) -> "Page":
        signs = "".join(sign(mark.outcome)[0] for mark in self.marks)
        points, of = (f"{sum(getattr(m, name) for m in self.marks):g}" for name in ("points", "of"))
        score = tr("{points} of {of} points", points=points, of=of)
        order = sorted(self.marks, key=lambda mark: mark.outcome == Outcome.NOT_ATTEMPTED)
        left = next((mark for mark in order if not mark.passed), None)
        head = f"{self.stem}   {signs}   {score}"
        if left is None:
            noted = translate(self.marks[0].noted)
            note = [(word("note"), noted)] if noted else []
            then = tr("Next: the next notebook; exercise.solution() shows the author's way")
            return Page(head, [("", tr("All checks pass.")), *note, ("", then)])
        then = (
            tr("Next: exercise.hint()")
            if left.came and len(left.hint.splitlines()) > self.steps
            else tr("Next: edit its cell, run it, and run exercise.check()")
        )
        rows = [("", translate(left.sentence)), *lines(left, self.steps, printed=200), ("", then)]
        return Page(head, rows)


class Page:
    """A line and a small table, for a notebook or as plain text."""

    def __init__(self, head: str, rows: list[tuple[str, str]]) -> None:
        self.head, self.rows = head, rows

    def __repr__(self) -> str:
        body = (f"  {label:<10} {text}" if label else text for label, text in self.rows)
        return "\n".join([self.head, *body])

    def _repr_html_(self) -> str:
        cell = '<td style="text-align:left;vertical-align:top;white-space:pre-wrap">{}</td>'
        rows = (
            f"<tr>{cell.format(html.escape(label))}{cell.format(html.escape(text))}</tr>"
            for label, text in self.rows
        )
        return f"<b>{html.escape(self.head)}</b><table>{''.join(rows)}</table>"


def _cells() -> list[str]:
    """The cells that were run in this notebook, as they were typed; the place of each is its number."""
    with contextlib.suppress(ImportError):
        from IPython.core.getipython import get_ipython

        shell: Any = get_ipython()
        if shell is not None:
            return [str(cell) for cell in shell.history_manager.input_hist_raw]
    raise UsageError("exercise.check() works in a notebook: in a file use `course check`.")


def defined(cells: list[str]) -> list[tuple[int, str]]:
    """The imports, functions, classes and needed values of cells, each in its last version; trials and training are left out.

    Returns the number and the text of each cell, in which what is left out is blank: lines keep their numbers.
    """
    made: dict[str, tuple[int, ast.stmt]] = {}
    kept: set[tuple[int, ast.stmt]] = set()
    # What cells with a syntax error were to define: no older version takes its place.
    broken: dict[str, int] = {}
    texts: dict[int, str] = {}
    for number, cell in enumerate(cells):
        try:
            tree, texts[number] = parsed(cell)
        except SyntaxError:
            for name in DEFINED.findall(cell):
                made.pop(name, None)
                broken[name] = number
            continue
        for node in tree.body:
            match node:
                case ast.Import() | ast.ImportFrom():
                    kept.add((number, node))
                case (
                    ast.FunctionDef(name=name)
                    | ast.ClassDef(name=name)
                    | ast.Assign(targets=[ast.Name(id=name)])
                    | ast.AnnAssign(target=ast.Name(id=name))
                ):
                    made[name] = number, node
                    broken.pop(name, None)
    todo = [
        name for name, (_, node) in made.items() if isinstance(node, FUNCTIONS) or _is_plain(node)
    ]
    while todo:
        one = made[todo.pop()]
        if one not in kept:
            kept.add(one)
            todo += _names(one[1]) & made.keys()
    lines: dict[int, set[int]] = {}
    for number, node in kept:
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        lines.setdefault(number, set()).update(range(first, (node.end_lineno or first) + 1))
    sent = {number: cells[number] for number in broken.values()}
    for number, shown in lines.items():
        listed = enumerate(texts[number].splitlines(), 1)
        sent[number] = "\n".join(line if at in shown else "" for at, line in listed)
    return sorted(sent.items())


FUNCTIONS = ast.FunctionDef, ast.ClassDef


def _is_plain(node: ast.stmt) -> bool:
    """Whether a name is given a value that is written out, which costs nothing to send."""
    with contextlib.suppress(ValueError, TypeError, MemoryError, RecursionError):
        if isinstance(node, ast.Assign):
            ast.literal_eval(node.value)
            return True
    return False


def _names(node: ast.AST) -> set[str]:
    """The names that a piece of code reads."""
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
