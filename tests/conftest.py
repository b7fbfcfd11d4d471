"""What tests share; they read English sentences, whatever the system's language is."""

import contextlib
import os
import subprocess
import sys

import pytest

os.environ["COURSE_LANG"] = "en"


@pytest.fixture(scope="session")
def warm():
    """A warm server, shared by all tests of a worker that grade in this process."""
    from course.wall.process import WarmServer

    with WarmServer() as server:
        yield server


@pytest.fixture(scope="session")
def clean(warm):
    """A clean room on it."""
    from course.wall.clean import CleanRoom

    with contextlib.closing(CleanRoom(warm)) as room:
        yield room


@pytest.fixture(scope="session")
def course():
    """The command, in English and on 80 columns: words and the folder to run in → the finished process."""

    def run(*words, cwd):
        return subprocess.run(
            [sys.executable, "-m", "course.cli", *words, "--lang", "en"],
            cwd=cwd,
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            env=os.environ | {"COLUMNS": "80", "PYTHONUTF8": "1"},
        )

    return run
