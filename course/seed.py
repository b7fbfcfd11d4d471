"""The seeds of a run: what the inputs of checks are drawn from. Imported by pytest's plugin, so without NumPy.

A student's process learns none of them: what it is seeded with is derived one-way.
"""

import contextlib
import contextvars
import hashlib
import secrets
from collections.abc import Iterator

CURRENT: contextvars.ContextVar[int] = contextvars.ContextVar("seed", default=0)


def new() -> int:
    """A seed that nobody knows yet: 64 secret bits."""
    return secrets.randbits(64)


def of_student(run: int, student: str) -> int:
    """The seed of one student's inputs in one run: others cannot pass them on."""
    return _derived(f"student:{run}:{student}", 8)


def of_worker(seed: int) -> int:
    """What a student's process is seeded with: from it nobody finds the seed of the inputs."""
    return _derived(f"worker:{seed}", 4)


def _derived(text: str, size: int) -> int:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:size], "big")


@contextlib.contextmanager
def using(seed: int) -> Iterator[None]:
    """Check files that are read inside draw their inputs from this seed."""
    token = CURRENT.set(seed)
    try:
        yield
    finally:
        CURRENT.reset(token)
