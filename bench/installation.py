"""
A fresh installation for a measurement, and its parts, each in a process of its own.

A measurement that needs an installation names its parts: functions that are handed the sizes
asked for and print JSON. :func:`run` is what such a module does when called: without ``--part`` it
measures, with it it is the process of one part, over the database of its environment.
"""

import argparse
import http.client
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.with_postgres import running_server

from bench.measure import Measurement, report

ENGINES = ("sqlite", "postgresql")
CONSOLE = (sys.executable, "-c", "from dakehu.config.console import main; main()")
Part = Callable[[Any], None]


@contextmanager
def environment_on(engine: str, folder: Path | None = None) -> Iterator[dict[str, str]]:
    """Give the environment of an installation on an engine, in ``folder`` or a passing one."""
    with ExitStack() as stack:
        passing = stack.enter_context(tempfile.TemporaryDirectory(prefix="dakehu-bench-"))
        environment = {**os.environ, "DAKEHU_HOME": str(folder or passing)}
        environment.pop("DAKEHU_DATABASE_URL", None)
        if engine == "postgresql":
            environment["DAKEHU_DATABASE_URL"] = stack.enter_context(running_server()).url
        yield environment


def migrate(environment: Mapping[str, str]) -> None:
    """Make the tables."""
    subprocess.run([*CONSOLE, "migrate", "-v0"], env=environment, check=True)


def set_up_django() -> None:
    """Let this process use the installation of its environment."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dakehu.config.settings")
    django.setup()


@dataclass(frozen=True)
class Installation:
    """A fresh installation on PostgreSQL, over which a module's parts run with some sizes."""

    module: str
    sizes: Mapping[str, float]
    environment: Mapping[str, str]

    def part(self, name: str) -> Any:
        """Run one part in a process of its own; return what it printed."""
        command = [sys.executable, "-m", self.module, "--part", name]
        for size, value in self.sizes.items():
            command += [f"--{size}", str(value)]
        done = subprocess.run(command, env=self.environment, check=True, stdout=subprocess.PIPE)
        return json.loads(done.stdout) if done.stdout.strip() else None

    @contextmanager
    def served(self) -> Iterator[int]:
        """Serve the installation by two processes, and give the port."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [*CONSOLE, "run", "--port", str(port), "--workers", "2", "--no-background"]
        # What is refused to one of many at once is no news here.
        server = subprocess.Popen(
            [*command, "--stream-port", "0"],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(port)
            yield port
        finally:
            server.terminate()
            server.wait(30)


def wait_for(port: int) -> None:
    """Wait until the server answers."""
    for _second in range(120):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=5).request("GET", "/ui/login/")
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The server does not answer.")


def run(
    module: str,
    doc: str,
    *,
    parts: Mapping[str, Part],
    measure: Callable[[Installation], Iterable[Measurement]],
    sizes: Mapping[str, float],
) -> None:
    """Measure on a fresh installation, or be the process of one part; ``sizes`` has the usual."""
    reader = argparse.ArgumentParser(description=doc.strip().splitlines()[0])
    for name, usual in sizes.items():
        reader.add_argument(f"--{name}", type=type(usual), default=usual)
    reader.add_argument("--part", choices=tuple(parts), help=argparse.SUPPRESS)
    asked = reader.parse_args()
    if asked.part:
        set_up_django()
        parts[asked.part](asked)
        return
    with environment_on("postgresql") as environment:
        migrate(environment)
        wanted = {name: getattr(asked, name) for name in sizes}
        report(measure(Installation(module, wanted, environment)))


# Pages, asked for by people of different reach.


def look_at(pages: Mapping[str, str], *, rounds: int, table: str, most: int) -> None:
    """Print how long pages take three people, and reading thirty rows of a table by their keys."""
    waits: dict[str, list[float]] = {name: [] for name in pages}
    for client in signed_in("admin", "supervisor", "manager"):
        for path in pages.values():
            client.get(path)
        for _round in range(rounds):
            for name, path in pages.items():
                waits[name].append(waited(client, path))
    print(json.dumps({"floor": read_by_keys(table, most=most, rounds=rounds), **waits}))


def signed_in(*names: str) -> Iterator[Any]:
    """Yield a client for each of some people, signed in."""
    from django.conf import settings
    from django.test import Client

    from dakehu.people.models import Staff

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES["staticfiles"]["BACKEND"] = backend
    for name in names:
        client = Client()
        client.force_login(
            Staff.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend"
        )
        yield client


def waited(client: Any, path: str) -> float:
    """Send a request and return its seconds."""
    begun = time.perf_counter()
    response = client.get(path)
    seconds = time.perf_counter() - begun
    if response.status_code != 200:
        raise SystemExit(f"{path}: {response.status_code}")
    return seconds


def read_by_keys(table: str, *, most: int, rounds: int) -> float:
    """Return the seconds for reading thirty rows by their keys with the bare driver."""
    from django.db import connection

    read = []
    with connection.cursor() as cursor:
        for _round in range(rounds):
            keys = ", ".join(str(random.randrange(1, most)) for _ in range(30))
            begun = time.perf_counter()
            cursor.execute(f"SELECT * FROM {table} WHERE id IN ({keys})")
            cursor.fetchall()
            read.append(time.perf_counter() - begun)
    return statistics.median(read)


def pages_told(found: dict[str, Any], *, work: str, most: float) -> Iterator[Measurement]:
    """Tell what :func:`look_at` printed; ``work`` has a place for the name of the page."""
    floor = found.pop("floor")
    for name, waits in found.items():
        p95 = statistics.quantiles(waits, n=100)[94]
        print(f"  {name}: p50 {statistics.median(waits) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms")
        yield Measurement(work.format(name), floor, p95, most / floor, 0)
