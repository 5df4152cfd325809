"""A process that holds the streams of open pages, on the database of the test."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from urllib.parse import quote

PATIENCE = 60


@contextmanager
def running_stream() -> Iterator[tuple[subprocess.Popen, int]]:
    """Run `dakehu stream` on a free port of this machine while the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number = listener.fileno()
        command = [sys.executable, "-m", "django", "stream", "--socket", str(number)]
        environment = {**os.environ, "DAKEHU_DATABASE_URL": database_url()}
        process = subprocess.Popen(command, env=environment, pass_fds=[number])
        try:
            wait_for_answer(listener.getsockname()[1])
            yield process, listener.getsockname()[1]
        finally:
            process.terminate()
            process.wait(PATIENCE)


def database_url() -> str:
    """Return the database of the test as the settings read it."""
    from django.db import connection

    place = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{place['NAME']}".replace("////", "///")
    who = f"{quote(place['USER'])}:{quote(place['PASSWORD'] or '')}"
    return f"postgresql://{who}@{place['HOST']}:{place['PORT']}/{place['NAME']}"


def wait_for_answer(port: int) -> None:
    """Wait until the process answers; the socket takes connections before."""
    until = monotonic() + PATIENCE
    while monotonic() < until:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as asking:
            asking.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            if asking.recv(100).startswith(b"HTTP/1.1 404"):
                return
        sleep(0.1)
    raise TimeoutError
