"""`course watch` in a real terminal of 80 columns: saves, keys, reset, and its own last line."""

import os
import select
import subprocess
import sys
import time

import pytest

from course.material import MATERIAL

pty = pytest.importorskip("pty")
SOLUTION = (MATERIAL / "tests" / "solutions" / "01_forward_pass.py").read_text("utf-8")


class Terminal:
    """`course watch` behind a pseudo-terminal; `see` waits until a text is on it, in what came since the last look."""

    def __init__(self, folder, **environment):
        self.master, slave = pty.openpty()
        size = {"COLUMNS": "80", "LINES": "24", "TERM": "xterm", "NO_COLOR": "1"}
        command = [sys.executable, "-m", "course.cli", "watch"]
        self.process = subprocess.Popen(command, cwd=folder, stdin=slave, stdout=slave, stderr=slave, env=os.environ | size | environment)
        os.close(slave)

    def see(self, text, seconds=60):
        seen, end = "", time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self.master], [], [], 0.1)[0]:
                try:
                    seen += os.read(self.master, 65536).decode("utf-8", "replace")
                except OSError:
                    break
            if text in seen:
                return seen
        raise AssertionError(f"{text!r} did not come; this did:\n{seen}")

    def press(self, key):
        os.write(self.master, key.encode())


@pytest.fixture
def folder(tmp_path):
    subprocess.run([sys.executable, "-m", "course.cli", "start", str(tmp_path), "--solutions"], check=True, capture_output=True)
    return tmp_path


@pytest.mark.parametrize("polling", ["", "true"])
def test_a_save_is_checked_and_keys_work(folder, polling):
    terminal = Terminal(folder, **({"WATCHFILES_FORCE_POLLING": polling} if polling else {}))
    own = folder / "exercises" / "01_forward_pass.py"
    try:
        assert "Keys: n next" in terminal.see("Not written yet") or terminal.see("Keys: n next")
        time.sleep(1)
        own.write_text(SOLUTION.replace(" + b", ""), "utf-8")
        seen = terminal.see("The bias b is forgotten.")
        assert "\x1b[3" not in seen
        terminal.press("h")
        terminal.see("hint")
        own.write_text(SOLUTION, "utf-8")
        seen = terminal.see("All checks pass.")
        # Progress is drawn right behind the verdict, and may have come with it.
        assert "1 of 10 exercises done" in seen or terminal.see("1 of 10 exercises done")
        terminal.press("s")
        terminal.see("def set_neuron")
        terminal.press("r")
        terminal.see("Press r once more")
        terminal.press("r")
        terminal.see("backup-1.txt")
        assert own.read_text("utf-8") == (MATERIAL / "exercises" / "01_forward_pass.py").read_text("utf-8")
        assert (own.parent / "01_forward_pass.backup-1.txt").read_text("utf-8") == SOLUTION
        terminal.press("n")
        terminal.see("02_fully_connected")
        terminal.press("q")
        terminal.see("Next: course watch")
        assert terminal.process.wait(20) == 0
    finally:
        terminal.process.kill()
        os.close(terminal.master)


def test_in_the_wrong_folder_it_says_where_to_go(tmp_path):
    run = subprocess.run([sys.executable, "-m", "course.cli", "watch"], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 2 and "course start" in run.stderr
