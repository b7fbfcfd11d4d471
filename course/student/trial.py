"""`course try`: a script that calls the student's function with the inputs of a check, for prints and a debugger.

It holds the questions and nothing of the answers, and runs in the student's own Python, without the sandbox.
"""

from pathlib import Path
from typing import Any

import numpy as np

from course import paths, progress
from course.checks.check import Check, load_checks
from course.script import WIDTH, wrap
from course.student.folder import source_of
from course.text import UsageError, tr
from course.wall.message import Ref
from course.wall.question import Plan, Step, render
from course.wall.source import decoded, parsed

# A larger array goes into a file beside the script.
WRITTEN_ENTRIES = 1_000


def write(stem: str, name: str | None, checks: Path, seed: int) -> Path:
    """The path of the script for one check of an exercise: by its name or a part of it, or the first that did not pass.

    Raises UsageError where there is no such check.
    """
    check = _meant(name, stem, load_checks(checks / f"test_{stem}.py", seed))
    source = source_of(stem, checks)
    if source.kind != ".py":
        raise UsageError(
            "{path} is what counts, a notebook: call your function in a cell of its own there. course try is for files.",
            path=source.path,
        )
    try:
        parsed(decoded(source))
    except SyntaxError as error:
        raise UsageError(
            "{path} cannot be run: line {line}: {why}. Fix that line first.",
            path=source.path,
            line=error.lineno or 1,
            why=error.msg,
        ) from error
    path = Path(f"try_{stem}.py")
    script = _Script(check, path)
    paths.write_text(path, script.text(stem, checks, seed))
    if script.arrays:
        np.savez(script.archive, **script.arrays)
    for name, text in script.files.items():
        paths.write_text(path.with_name(name), text)
    return path


def _meant(name: str | None, stem: str, checks: list[Check]) -> Check:
    if name is None:
        passed = progress.read().get(stem, {})
        return next((check for check in checks if not passed.get(check.name)), checks[0])
    plain = name.removeprefix("test_")
    fitting = [check for check in checks if check.name.removeprefix("test_") == plain]
    # A function's name, or a part of a check's, where that leaves no doubt which one comes first.
    fitting = fitting or [check for check in checks if plain in check.name]
    fitting = fitting or [
        check for check in checks if any(f".{plain}(" in render(q) for q in check.questions)
    ]
    if not fitting:
        names = ", ".join(check.name for check in checks)
        raise UsageError(
            "{stem} has no check {name}. It has: {names}", stem=stem, name=name, names=names
        )
    return fitting[0]


class _Script:
    """The steps of one check as lines of Python."""

    def __init__(self, check: Check, path: Path) -> None:
        self.check, self.archive = check, path.with_suffix(".npz")
        self.plan, self.arrays = Plan(), dict[str, Any]()
        self.files: dict[str, str] = {}
        self.asked = [self.plan.lay(question) for question in check.questions]
        self.written: dict[int, str] = {}
        self.calls = 0

    def text(self, stem: str, checks: Path, seed: int) -> str:
        body = [line for step in self.plan.steps if (line := self._line(step))]
        shown = [f"show({self.written[step]})" for step in self.asked]
        large = [f'large = np.load("{self.archive.name}")'] if self.arrays else []
        about = tr(
            "Calls your functions as {name} does, with the inputs of seed {seed}. Run it, add prints, or debug it; course check {stem} --seed {seed} tells the right values.",
            name=self.check.name,
            seed=seed,
            stem=stem,
        )
        head = [
            *wrap(f'"""{about}"""', WIDTH),
            "",
            "import importlib",
            "import sys",
            "from pathlib import Path",
            "",
            "from course.student.lesson import load_keras",
            "",
            "load_keras()",
            "import keras",
            "import numpy as np",
            *(["import pandas as pd"] if self.files else []),
            "",
            f'sys.path.insert(0, str(Path(__file__).parent / "{checks.name}"))',
            f"student = importlib.import_module({stem!r})",
            "",
            "",
            "def show(value):",
            "    if isinstance(value, keras.Model):",
            "        value.summary()",
            "    else:",
            '        print(getattr(value, "history", value))',
            "",
        ]
        return "\n".join([*head, *large, "", *body, *shown, ""])

    def _line(self, step: Step) -> str:
        """The line that does a step, or "" where the step is a name that others use."""
        match step.op:
            case "student":
                self.written[step.number] = "student"
            case "keras" | "clean":
                self.written[step.number] = "keras"
            case "pandas":
                self.written[step.number] = "pd"
            case "file":
                # Written beside the script, under a name of the script's own.
                name = f"{self.archive.stem}_{step.name}"
                self.files[name] = str(step.args[0])
                self.written[step.number] = f"str(Path(__file__).with_name({name!r}))"
            case "get":
                self.written[step.number] = f"{self.written[self._of(step)]}.{step.name}"
            case "item":
                self.written[step.number] = (
                    f"{self.written[self._of(step)]}[{self._value(step.name)}]"
                )
            case "snapshot":
                self.written[step.number] = self.written[self._of(step)]
            case "either":
                self.written[step.number] = self._value(step.args[0])
            case "call":
                words = [self._value(arg) for arg in step.args]
                words += [f"{name}={self._value(arg)}" for name, arg in step.kwargs.items()]
                self.calls += 1
                function, result = self.written[self._of(step)], f"result_{self.calls}"
                self.written[step.number] = result
                return f"{result} = {function}({', '.join(words)})"
        return ""

    @staticmethod
    def _of(step: Step) -> int:
        assert step.of is not None
        return step.of

    def _value(self, value: Any) -> str:
        match value:
            case Ref():
                return self.written[value.step]
            case np.ndarray() if value.size > WRITTEN_ENTRIES:
                name = f"x{len(self.arrays)}"
                self.arrays[name] = value
                return f'large["{name}"]'
            case np.ndarray():
                return f'np.array({value.tolist()}, dtype="{value.dtype}")'
            case np.generic():
                return repr(value.item())
            case list():
                return f"[{', '.join(map(self._value, value))}]"
            case tuple():
                return f"({', '.join(map(self._value, value))}{',' * (len(value) == 1)})"
            case dict():
                return "{" + ", ".join(f"{k!r}: {self._value(v)}" for k, v in value.items()) + "}"
        return repr(value)
