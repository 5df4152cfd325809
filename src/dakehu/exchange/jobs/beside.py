"""A worker beside the web server: started with it, started again if it dies, ended with it."""

import os
import subprocess
import sys
import threading
from types import TracebackType

PAUSE = 5.0
"""Seconds before a worker that died is started again."""

GRACE = 20.0
"""Seconds in which a worker may finish its task; a killed one's task is done again later."""


class WorkerBeside:
    """Keeps one worker process running for the length of a ``with`` block."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None
        self.keeper = threading.Thread(target=self.keep, daemon=True)

    def __enter__(self) -> "WorkerBeside":
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
        """Start a worker in a group of its own: Ctrl+C reaches the server, which ends it."""
        command = [sys.executable, "-P", "-m", "django", "worker", "--beside", str(os.getpid())]
        return subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own words

    def keep(self) -> None:
        """Start a worker that died again."""
        while not self.over.wait(PAUSE):
            if self.process is None or self.process.poll() is not None:
                self.process = self.start()

    def end(self) -> None:
        """Let the worker finish its task, but not for ever."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
