"""What tests share; they read English sentences, whatever the system's language is."""

import contextlib
import os

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
