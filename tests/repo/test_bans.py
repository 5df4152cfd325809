"""Bans that keep tests and rules honest, each shown to bite."""

import socket
import subprocess
import sys
import urllib.request
import warnings
from pathlib import Path

import pytest
from tools.stages import ROOT

RUFF = Path(sys.executable).parent / "ruff"
CLOCKS = [
    "import datetime\n\nNOW = datetime.datetime.now(tz=datetime.UTC)\n",
    "from datetime import datetime, UTC\n\nNOW = datetime.now(tz=UTC)\n",
    "from datetime import date\n\nTODAY = date.today()\n",
    "from django.utils import timezone\n\nNOW = timezone.now()\n",
    "from django.utils.timezone import now\n\nNOW = now()\n",
    "import time\n\nNOW = time.time()\n",
]


def lint(code: str, path: str) -> str:
    """Return what the linter says of code that would stand at ``path``."""
    result = subprocess.run(
        [RUFF, "check", "--no-cache", "--select", "TID251", "--stdin-filename", path, "-"],
        cwd=ROOT,
        input=code,
        capture_output=True,
        text=True,
        check=False,
    )
    return result.stdout


@pytest.mark.parametrize("room", ["rules.py", "operations.py", "queries/alerts.py", "models.py"])
@pytest.mark.parametrize("code", CLOCKS)
def test_no_room_below_jobs_and_views_may_read_the_clock(code, room):
    assert "TID251" in lint(code, f"src/dakehu/alerts/{room}")


@pytest.mark.parametrize(
    "room", ["views.py", "views/sheets.py", "jobs.py", "management/commands/nightly.py"]
)
@pytest.mark.parametrize("code", CLOCKS)
def test_jobs_views_and_commands_may_read_the_clock(code, room):
    assert "TID251" not in lint(code, f"src/dakehu/alerts/{room}")


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1", "dakehu.example.com"])
def test_tests_reach_no_network(address):
    with pytest.raises(RuntimeError, match="loopback"):
        socket.create_connection((address, 80), timeout=0.1)


def test_tests_reach_no_network_through_a_library():
    with pytest.raises(RuntimeError, match="loopback"):
        urllib.request.urlopen("http://dakehu.example.com/", timeout=0.1)


def test_tests_reach_loopback():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=1) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_a_warning_is_an_error():
    with pytest.raises(UserWarning, match="mind"):
        warnings.warn("mind", stacklevel=1)
