"""The face in pytest: checks run as ordinary tests, and a failure says what was asked, what came and what was expected."""

import json
import random
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from course import check as checks
from course import material
from course.check import FAILED, GRADER_FAILED, NOT_ATTEMPTED, NOT_REACHED, PASSED, Outcome
from course.language import pad, t
from course.processes import Warm
from course.rebuild import CleanRoom
from course.sandbox import Room, missing_layers
from course.submission import NoSubmission, find, source_of

OUTCOME = pytest.StashKey[Outcome]()
LETTERS = {FAILED: "F", NOT_ATTEMPTED: "n", NOT_REACHED: "r", GRADER_FAILED: "G"}


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("course")
    group.addoption("--submission", metavar="DIR", help="check the files in DIR instead of those beside the checks")
    group.addoption("--seed", type=int, metavar="N", help="draw the inputs of the checks from N (default: a new number)")
    group.addoption("--hints", action="store_true", help="show a hint under each failing check")
    group.addoption("--grade-json", metavar="FILE", help="write outcomes and points to FILE")


def pytest_configure(config: pytest.Config) -> None:
    seed = config.getoption("--seed")
    seed = random.SystemRandom().randrange(10**6) if seed is None else seed
    checks.SEED.set(seed)
    config.pluginmanager.register(Grader(config, seed), "course-grader")


class Grader:
    """Keeps one room per file of checks while its checks run, and the outcomes."""

    def __init__(self, config: pytest.Config, seed: int) -> None:
        self.config, self.seed = config, seed
        self.rooms: dict[Path, Room] = {}
        self.warm = Warm()
        self.clean = CleanRoom(self.warm)
        self.outcomes: dict[str, list[Outcome]] = {}

    def pytest_report_header(self) -> list[str]:
        without = "; ".join(missing_layers())
        warning = [t(f"course: weaker isolation on this machine, without: {without}")] if without else []
        return [t(f"course: --seed {self.seed} gives the same inputs again"), *warning]

    def room(self, path: Path) -> Room:
        if path not in self.rooms:
            stem = path.stem.removeprefix("test_")
            folder = Path(self.config.getoption("--submission") or path.parent)
            self.rooms[path] = Room(source_of(find(folder, stem)), f"{stem}.py", self.seed, None, self.warm)
        return self.rooms[path]

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool | None:
        one = getattr(pyfuncitem.obj, "check", None)
        if not isinstance(one, checks.Check):
            return None
        try:
            outcome = checks.judge(one, self.room(pyfuncitem.path), self.clean)
        except NoSubmission as error:
            outcome = Outcome(one, NOT_ATTEMPTED, str(error))
        except Exception as error:
            outcome = Outcome(one, GRADER_FAILED, f"{type(error).__name__}: {error}")
        pyfuncitem.stash[OUTCOME] = outcome
        self.outcomes.setdefault(pyfuncitem.path.stem.removeprefix("test_"), []).append(outcome)
        if outcome.status != PASSED:
            pytest.fail(outcome.status, pytrace=False)
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        outcome = item.stash.get(OUTCOME, None)
        if outcome is not None and call.when == "call" and outcome.status != PASSED:
            report.outcome = "failed"
            report.longrepr = self.text(outcome)
            report.course_status = outcome.status  # type: ignore[attr-defined]
        return report

    def text(self, outcome: Outcome) -> str:
        """A failing check as a student reads it; one that was not reached has nothing to tell of its own."""
        if outcome.status == NOT_REACHED:
            return t(outcome.why)
        lines = [t(outcome.check.sentence), ""]
        for label, text in checks.report(outcome, self.config.getoption("--hints")):
            first, *more = text.splitlines()
            lines += [f"  {pad(label, 9)} {first}", *(f"  {'':<9} {line}" for line in more)]
        if outcome.printed.strip():
            lines += [f"  {t('printed')}", *(f"    {line}" for line in outcome.printed.strip().splitlines()[-10:])]
        return "\n".join(lines)

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        status = getattr(report, "course_status", None)
        # The category stays pytest's own, so that the counts, -x and --lf go on working.
        return None if status is None else ("failed", LETTERS[status], t(status).upper())

    def pytest_runtest_teardown(self, item: pytest.Item, nextitem: pytest.Item | None) -> None:
        if nextitem is None or nextitem.path != item.path:
            self.close()

    def close(self) -> None:
        for room in self.rooms.values():
            room.close()
        self.rooms.clear()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self) -> Generator[None, Any, Any]:
        self.close()
        self.clean.close()
        self.warm.close()
        scores = {stem: as_data(outcomes) for stem, outcomes in self.outcomes.items()}
        if scores and (target := self.config.getoption("--grade-json")):
            write_json(Path(target), {"seed": self.seed, "exercises": scores})
        if scores and self.config.getoption("--submission") is None and (self.config.rootpath / ".course").exists():
            remember(self.config.rootpath / "progress.json", scores)
        result = yield
        # Behind pytest's own last line, so that the very last line says what to type.
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        if scores and reporter is not None:
            for line in self.next_step().splitlines():
                reporter.write_line(line)
        return result

    def next_step(self) -> str:
        """What to type next: the first check that is left, or the map."""
        for stem, outcomes in self.outcomes.items():
            left = next((o for o in outcomes if o.status != PASSED), None)
            if left is not None and left.status == GRADER_FAILED:
                return t("Next: the grader itself failed, which is no fault of yours: course doctor")
            if left is not None:
                hints = "" if self.config.getoption("--hints") else " --hints"
                needs = t(f"{left.check.name} needs work in {stem}.py.")
                return needs + "\n" + t(f"Next: course check {stem}{hints}")
        return t("Next: course list")

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if self.outcomes:
            title = t("points")
            # pytest counts characters, of which a Chinese one takes two columns.
            terminalreporter.write_sep("=", title, terminalreporter._tw.fullwidth - cell_len(title) + len(title))
        for stem, outcomes in self.outcomes.items():
            earned, of = sum(o.points for o in outcomes), sum(o.check.points for o in outcomes)
            terminalreporter.write_line(t(f"{stem}: {earned:g} of {of:g} points"))


def as_data(outcomes: list[Outcome]) -> dict[str, Any]:
    """Outcomes of one exercise as plain data, for --grade-json and progress.json."""
    return {
        "points": sum(o.points for o in outcomes),
        "of": sum(o.check.points for o in outcomes),
        "checks": {o.check.name: {"outcome": o.status, "why": o.why, "points": o.points} for o in outcomes},
    }


def remember(path: Path, scores: dict[str, Any]) -> None:
    """Note which checks passed, for `course list`; a run of some checks leaves the others as they were."""
    known = material.progress(path)
    for stem, score in scores.items():
        passed = known.setdefault(stem, {})
        # Where the grader itself failed, what was known stands.
        passed.update({name: one["outcome"] == PASSED for name, one in score["checks"].items() if one["outcome"] != GRADER_FAILED})
    write_json(path, known)


def write_json(path: Path, data: Any) -> None:
    material.write_text(path, json.dumps(data, indent=2))
