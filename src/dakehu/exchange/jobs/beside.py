"""A process beside the web server: started with it, started again if it dies, ended with it."""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from types import TracebackType

PAUSE = 5.0
"""Seconds before a worker that died is started again."""

GRACE = 20.0
"""Seconds in which a worker may finish its task; a killed one's task is done again later."""


class Beside:
    """Keeps one of our commands running for the length of a ``with`` block.

    ``sockets`` are handed to it: they stay open here, so that a new one goes on where the old one
    died, and what came meanwhile waits.
    """

    def __init__(
        self, *words: str, sockets: Sequence[int] = (), pause: float = PAUSE, grace: float = GRACE
    ) -> None:
        self.words = words
        self.sockets = sockets
        self.pause = pause
        self.grace = grace
        self.over = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None
        self.keeper = threading.Thread(target=self.keep, daemon=True)

    def __enter__(self) -> "Beside":
        self.process = self.start()
        self.keeper.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.over.set()
        self.keeper.join()
        self.end()

    def start(self) -> subprocess.Popen[bytes]:
        """Start the process in a group of its own: Ctrl+C reaches the server, which ends it."""
        command = [sys.executable, "-P", "-m", "django", *self.words, "--beside", str(os.getpid())]
        return subprocess.Popen(  # noqa: S603 - our own words
            command, start_new_session=True, pass_fds=self.sockets
        )

    def keep(self) -> None:
        """Start a process that died again."""
        while not self.over.wait(self.pause):
            if self.process is None or self.process.poll() is not None:
                self.process = self.start()

    def end(self) -> None:
        """Let the process finish what it is at, but not for ever."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(self.grace)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
