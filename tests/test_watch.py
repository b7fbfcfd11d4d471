"""`course watch`: its screen by the library's own pilot, and once in a real terminal of 80 columns."""

import asyncio
import os
import re
import select
import subprocess
import sys
import time

import pytest

from course.paths import MATERIAL, exercise_stems

pty = pytest.importorskip("pty")
SOLUTION = (MATERIAL / "tests" / "solutions" / "01_forward_pass.py").read_text("utf-8")
STARTER = (MATERIAL / "exercises" / "01_forward_pass.py").read_text("utf-8")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    command = [sys.executable, "-m", "course.cli", "start", str(tmp_path), "--solutions"]
    subprocess.run(command, check=True, capture_output=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def drive(steps, stem="01", size=(80, 24)):
    """Run the screen and these steps against it; `see` waits until a text is on it."""
    from pathlib import Path

    from course.student.watch import Watch

    async def run():
        app = Watch(Path("exercises"), f"{stem}_forward_pass" if stem == "01" else stem)
        async with app.run_test(size=size) as pilot:

            async def see(text, seconds=60):
                end = time.monotonic() + seconds
                while time.monotonic() < end:
                    await pilot.pause(0.05)
                    if text in shown(app):
                        return shown(app)
                raise AssertionError(f"{text!r} did not come; this is shown:\n{shown(app)}")

            await steps(app, pilot, see)

    asyncio.run(run())


def shown(app):
    """What the screen shows, as plain lines."""
    width, height = app.size
    lines = (app.screen._compositor.render_strips()) if width and height else []
    return "\n".join(strip.text.rstrip() for strip in lines)


def own(folder):
    return folder / "exercises" / "01_forward_pass.py"


def test_a_save_is_checked(folder):
    async def steps(app, pilot, see):
        await see("Not written yet")
        own(folder).write_text(SOLUTION.replace(" + b", ""), "utf-8")
        await see("The bias b is missing.")
        own(folder).write_text(SOLUTION, "utf-8")
        await see("All checks pass.")
        await see(f"1 of {len(exercise_stems())} exercises done")

    drive(steps)


def test_a_hint_in_steps_comes_one_at_a_time(folder):
    async def steps(app, pilot, see):
        other = own(folder).with_name("12_repair.py")
        other.write_text(other.read_text("utf-8") + "# begun\n", "utf-8")
        app.begin("12_repair")
        await see("No probability is ever above 0.41")
        await pilot.press("h")
        await see("How certain can it be at most?")
        assert "once is enough" not in shown(app)
        await pilot.press("h")
        await see("once is enough")
        await pilot.press("h")
        assert "How certain" not in shown(app)

    drive(steps)


def test_a_hint_comes_with_its_key(folder):
    async def steps(app, pilot, see):
        await see("Not written yet")
        await pilot.press("h")
        await see("hint")

    drive(steps)


def test_all_that_was_printed_can_be_scrolled_to(folder):
    prints = "\n".join(f"    print('line {number}')" for number in range(60))
    source = SOLUTION + f"\n\ndef weighted_sum(x, w, b):\n{prints}\n    return x @ w\n"

    async def steps(app, pilot, see):
        own(folder).write_text(source, "utf-8")
        await see("The bias b is missing.")
        assert "line 59" not in shown(app)
        app.query_one("VerticalScroll").scroll_end(animate=False)
        await see("line 59")

    drive(steps)


def test_reset_asks_first_and_keeps_what_was_written(folder):
    own(folder).write_text(SOLUTION, "utf-8")

    async def steps(app, pilot, see):
        await see("All checks pass.")
        await pilot.press("r")
        await see("Press r again")
        assert own(folder).read_text("utf-8") == SOLUTION
        await pilot.press("r")
        await see("backup-1.txt")
        assert own(folder).read_text("utf-8") == STARTER
        backup = own(folder).with_name("01_forward_pass.backup-1.txt")
        assert backup.read_text("utf-8") == SOLUTION

    drive(steps)


def test_an_exercise_is_picked_from_the_list(folder):
    async def steps(app, pilot, see):
        await see("Not written yet")
        await pilot.press("l")
        await see("10_classifier")
        await pilot.press("down", "down", "enter")
        await see("03_activations   ")
        assert app.stem == "03_activations"

    drive(steps)


def test_the_solution_can_be_read_once_all_is_right(folder):
    async def steps(app, pilot, see):
        await see("Not written yet")
        await pilot.press("s")
        await see("press s again")
        assert "def set_neuron" not in shown(app)
        own(folder).write_text(SOLUTION, "utf-8")
        await see("Press s for the author's solution")
        await pilot.press("s")
        app.query_one("VerticalScroll").scroll_end(animate=False)
        await see("def set_neuron")

    drive(steps)


def test_a_run_that_was_given_up_says_nothing_any_more(folder):
    """A save while a slow check runs: its late marks are of another run, and never come on the screen."""
    slow = (
        SOLUTION
        + "\n\ndef neuron(x, w, b):\n    import time\n    time.sleep(3)\n    return 0 * x @ w\n"
    )

    async def steps(app, pilot, see):
        own(folder).write_text(slow, "utf-8")
        await pilot.pause(2)
        first = app.current
        own(folder).write_text(SOLUTION, "utf-8")
        await see("All checks pass.")
        assert first.cancelled.is_set() or first is app.current
        await pilot.pause(4)
        assert "All checks pass." in shown(app)

    drive(steps)


def test_the_path_of_the_file_can_be_clicked(folder, monkeypatch):
    async def steps(app, pilot, see):
        opened = []
        monkeypatch.setattr(app, "open_url", lambda url, **_: opened.append(url))
        text = (await see("exercises/01_forward_pass.py")).splitlines()
        row = next(at for at, line in enumerate(text) if "exercises/01" in line)
        await pilot.click(offset=(text[row].index("exercises/01") + 3, row))
        await pilot.pause(0.2)
        assert opened == [own(folder).resolve().as_uri()]

    drive(steps, size=(120, 24))


class Terminal:
    """`course watch` behind a pseudo-terminal; `see` waits until a text is on it, in what came since the last look."""

    def __init__(self, folder, **environment):
        self.master, slave = pty.openpty()
        size = {"COLUMNS": "80", "LINES": "24", "TERM": "xterm", "NO_COLOR": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "course.cli", "watch"],
            cwd=folder, stdin=slave, stdout=slave, stderr=slave, env=os.environ | size | environment,
        )  # fmt: skip
        os.close(slave)

    def see(self, text, seconds=60):
        seen, end = "", time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self.master], [], [], 0.1)[0]:
                try:
                    seen += os.read(self.master, 65536).decode("utf-8", "replace")
                except OSError:
                    break
            if text in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen):
                return seen
        raise AssertionError(f"{text!r} did not come; this did:\n{seen}")

    def press(self, key):
        os.write(self.master, key.encode())


@pytest.mark.parametrize("polling", ["", "true"])
def test_a_real_terminal(folder, polling):
    environment = {"WATCHFILES_FORCE_POLLING": polling} if polling else {}
    terminal = Terminal(folder, **environment)
    try:
        terminal.see("Not written yet")
        time.sleep(1)
        own(folder).write_text(SOLUTION, "utf-8")
        terminal.see("All checks pass.")
        terminal.press("n")
        terminal.see("02_fully_connected")
        terminal.press("q")
        terminal.see("Next: course watch")
        assert terminal.process.wait(20) == 0
    finally:
        terminal.process.kill()
        os.close(terminal.master)


def test_without_a_terminal_it_says_so(folder):
    command = [sys.executable, "-m", "course.cli", "watch"]
    run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert run.returncode == 2 and "needs a terminal" in run.stderr


def test_in_the_wrong_folder_it_says_where_to_go(tmp_path):
    command = [sys.executable, "-m", "course.cli", "watch"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 2 and "course start" in run.stderr
