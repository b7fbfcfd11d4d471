"""The face in pytest: checks run as ordinary tests, and a failure says what was asked, what came and what was expected.

pytest loads this module in every project of the environment, so it imports nothing heavy and says
nothing until a file of checks is collected. Hooks are in the order of a run; with pytest-xdist the
workers grade, and the marks travel to the controller in their reports.
"""

import json
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from course import seed as seeds

if TYPE_CHECKING:
    from course.checks.mark import Mark
    from course.wall.room import Room

LETTERS = {"failed": "F", "not attempted": "n", "not reached": "r", "grader failed": "G"}
PRINTED_LINES = 200


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("course", "checks of course exercises")
    group.addoption(
        "--course-submission",
        metavar="DIR",
        help="check the files in DIR, not those beside the checks",
    )
    group.addoption(
        "--course-seed",
        type=int,
        metavar="N",
        help="draw the inputs from N (default: a new number)",
    )
    group.addoption(
        "--course-hints", action="store_true", help="show a hint under each failing check"
    )
    group.addoption("--course-json", metavar="FILE", help="write outcomes and points to FILE")


def pytest_configure(config: pytest.Config) -> None:
    # A worker of pytest-xdist draws the same inputs as every other.
    handed = getattr(config, "workerinput", {}).get("course_seed")
    given = config.getoption("--course-seed") if handed is None else handed
    seed = seeds.new() if given is None else given
    seeds.CURRENT.set(seed)
    config.pluginmanager.register(Grader(config, seed), "course-grader")


class Grader:
    """Keeps a room for each file of checks while its checks run, and the marks of the run."""

    def __init__(self, config: pytest.Config, seed: int) -> None:
        self.config, self.seed = config, seed
        self.bench: Any = None
        self.rooms: dict[Path, Room] = {}
        self.heard: dict[str, dict[int, Mark]] = {}

    @property
    def marks(self) -> "dict[str, list[Mark]]":
        """The marks of each exercise so far, in the order of its checks."""
        return {
            stem: [mark for _, mark in sorted(heard.items())]
            for stem, heard in sorted(self.heard.items())
        }

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        node.workerinput["course_seed"] = self.seed

    def pytest_report_collectionfinish(self, items: list[pytest.Item]) -> list[str]:
        if not any(_check_of(item) for item in items):
            return []
        from course.text import tr
        from course.wall.room import missing_layers

        lines = [
            tr(
                "course: add --course-seed {seed} to get the same random inputs again",
                seed=self.seed,
            )
        ]
        if missing := "; ".join(missing_layers()):
            lines.append(
                tr("course: weaker isolation on this machine, without: {missing}", missing=missing)
            )
        return lines

    def _room(self, path: Path) -> "Room":
        from course.classroom.files import folder, source_of
        from course.classroom.grade import room_of

        if path not in self.rooms:
            stem = path.stem.removeprefix("test_")
            place = Path(self.config.getoption("--course-submission") or path.parent)
            source = source_of(folder(place), stem)
            self.rooms[path] = room_of(stem, source, self.seed, self.bench)
        return self.rooms[path]

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool | None:
        if (check := _check_of(pyfuncitem)) is None:
            return None
        from course.checks.judge import blank, judge
        from course.checks.mark import Outcome
        from course.classroom.files import SubmissionError
        from course.text import Text
        from course.wall.clean import CleanRoom
        from course.wall.process import WarmServer

        if self.bench is None:
            self.bench = CleanRoom(WarmServer())
        try:
            mark = judge(check, self._room(pyfuncitem.path))
        except SubmissionError as error:
            mark = blank(check, Outcome.NOT_ATTEMPTED, error.text)
        except Exception as error:
            why = Text("{error}: {error1}", error=type(error).__name__, error1=error)
            mark = blank(check, Outcome.GRADER_FAILED, why)
        pyfuncitem.stash[MARK] = mark
        if not mark.passed:
            pytest.fail(mark.outcome, pytrace=False)
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        mark = item.stash.get(MARK, None)
        if mark is not None and call.when == "call":
            from course.checks.mark import to_plain

            # Plain data, as a report of one of xdist's workers goes to its controller.
            stem = item.path.stem.removeprefix("test_")
            report.course = stem, to_plain(mark)  # type: ignore[attr-defined]
            if not mark.passed:
                report.outcome = "failed"
                report.longrepr = self.text(mark)
        return report

    def text(self, mark: "Mark") -> str:
        """A failing check as a student reads it; one that was not reached has nothing to tell of its own."""
        from course.checks.mark import EVERY_HINT, Outcome, lines
        from course.text import pad, translate

        if mark.outcome == Outcome.NOT_REACHED:
            return translate(mark.why)
        shown = [translate(mark.sentence), ""]
        hints = EVERY_HINT if self.config.getoption("--course-hints") else 0
        for label, text in lines(mark, hints, PRINTED_LINES):
            first, *more = text.splitlines()
            shown += [f"  {pad(label, 9)} {first}", *(f"  {'':<9} {line}" for line in more)]
        return "\n".join(shown)

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        _, data = getattr(report, "course", (None, {"outcome": "passed"}))
        if data["outcome"] == "passed":
            return None
        from course.text import tr

        # The category stays pytest's, so that the counts, -x and --lf go on working.
        return "failed", LETTERS[data["outcome"]], tr(data["outcome"]).upper()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if hasattr(report, "course"):
            from course.checks.mark import from_plain

            stem, plain = report.course
            # With xdist, reports come in any order: the lines of the checks put them right.
            self.heard.setdefault(stem, {})[report.location[1] or 0] = from_plain(plain)

    def pytest_runtest_teardown(self, item: pytest.Item, nextitem: pytest.Item | None) -> None:
        if nextitem is None or nextitem.path != item.path:
            self._close_rooms()

    def _close_rooms(self) -> None:
        for room in self.rooms.values():
            room.close()
        self.rooms.clear()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self) -> Generator[None, Any, Any]:
        self._close_rooms()
        if self.bench is not None:
            self.bench.close()
            self.bench.warm.close()
        # A worker of pytest-xdist leaves the rest to its controller.
        if self.marks and not hasattr(self.config, "workerinput"):
            self._keep()
        result = yield
        # After pytest's last line, so that the very last line says what to type.
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        if self.marks and reporter is not None:
            reporter.write_line(self.next_step())
        return result

    def _keep(self) -> None:
        from course import paths, progress
        from course.checks.mark import results

        if target := self.config.getoption("--course-json"):
            scores = {stem: _as_data(marks) for stem, marks in self.marks.items()}
            data = {"seed": self.seed, "exercises": scores}
            paths.write_text(Path(target), json.dumps(data, indent=2))
        root = self.config.rootpath
        if self.config.getoption("--course-submission") is None and (root / ".course").exists():
            for stem, marks in self.marks.items():
                progress.remember(root / progress.FILE, stem, results(marks))

    def next_step(self) -> str:
        """What to type next: the first check that is left, or the map."""
        from course.student.check import next_line
        from course.text import tr

        helped = self.config.getoption("--course-hints")
        for stem, marks in self.marks.items():
            left = next((mark for mark in marks if not mark.passed), None)
            if left is not None:
                return next_line(stem, left, f"exercises/{stem}.py", helped, self.seed)
        return tr("Next: course list")

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if not self.marks:
            return
        from rich.cells import cell_len

        from course.text import tr

        title = tr("points")
        # pytest counts characters, of which a Chinese one takes two columns.
        width = terminalreporter._tw.fullwidth - cell_len(title) + len(title)
        terminalreporter.write_sep("=", title, width)
        for stem, marks in self.marks.items():
            earned, of = (f"{sum(getattr(m, name) for m in marks):g}" for name in ("points", "of"))
            terminalreporter.write_line(
                tr("{stem}: {earned} of {of} points", stem=stem, earned=earned, of=of)
            )


MARK: "pytest.StashKey[Mark]" = pytest.StashKey()


def _check_of(item: pytest.Item) -> Any:
    """The check that a test function is, or None; looked up without importing what defines it."""
    check = getattr(getattr(item, "obj", None), "check", None)
    return check if type(check).__module__ == "course.checks.check" else None


def _as_data(marks: "list[Mark]") -> dict[str, Any]:
    """The marks of one exercise as plain data, for --course-json."""
    return {
        "points": sum(mark.points for mark in marks),
        "of": sum(mark.of for mark in marks),
        "checks": {
            mark.check: {"outcome": mark.outcome, "why": str(mark.why), "points": mark.points}
            for mark in marks
        },
    }
