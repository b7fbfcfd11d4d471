"""The clean room: a confined process that never sees student code, where descriptions become Keras objects again."""

from course.wall.child import Child, Kind, Limits, Trouble
from course.wall.message import Clear, Ready, Reply, Request, Seed
from course.wall.process import WarmServer

# After so many files the process is changed for a fresh one, so that what it holds stays small.
USES = 50


class CleanRoom:
    """One such process; it serves many students' files, one after the other."""

    def __init__(self, warm: WarmServer | None) -> None:
        self.warm = warm
        self.child: Child | None = None
        self.owner: object = None
        self.uses = 0
        # Changes whenever everything that was held is gone.
        self.generation = 0

    def serve(self, owner: object, seed: int) -> Trouble | None:
        """Make ready for one file: what was held for another is forgotten."""
        if self.child is not None and self.owner is owner:
            return None
        if self.uses >= USES:
            self.close()
        self.uses += 1
        # A process that was lost since, with its server for instance, is changed for a new one.
        for child in (self.child, None):
            trouble = None if child is not None else self._start()
            self.owner, self.generation = owner, self.generation + 1
            for request in (Clear(), Seed(seed)):
                if trouble is None:
                    reply = self.request(request, 60.0)
                    trouble = reply if isinstance(reply, Trouble) else None
            if trouble is None:
                return None
        return trouble

    def _start(self) -> Trouble | None:
        limits = Limits(memory_bytes=4 * 2**30)
        child = Child(b"", "nobody.py", limits, self.warm)
        hello = child.receive(limits.start_seconds, limits.start_seconds)
        if not isinstance(hello, Ready):
            child.kill()
            return hello if isinstance(hello, Trouble) else Trouble(Kind.GRADER, "")
        self.child, self.uses = child, 1
        return None

    def request(self, request: Request, cpu_seconds: float) -> Reply | Trouble:
        """The reply to a request; after a trouble the process is gone, and with it what it held."""
        if self.child is None:
            return Trouble(Kind.CRASH, "")
        reply = self.child.request(request, cpu_seconds)
        if isinstance(reply, Trouble):
            self.close()
        return reply

    def close(self) -> None:
        """End the process; a later request starts another."""
        if self.child is not None:
            self.child.kill()
        self.child, self.owner = None, None
        self.generation += 1
