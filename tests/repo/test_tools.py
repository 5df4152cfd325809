"""The tools that run checks and tests tell the truth about them."""

import os
import subprocess
import sys

import pytest
from tools import run_tests, stages

TESTS = stages.ROOT / "tests"

SCRIPT = "import sys; print('first'); print({closing!r}); print(); sys.exit({code})"
GOOD = ("= 7 passed, 2 skipped in 1.20s =", 0)
BAD = ("1 failed, 6 passed, 1 error in 0.31s", 1)


def ended(closing: str, code: int) -> stages.Result:
    """Run a stage that prints a closing line and ends with a code."""
    script = SCRIPT.format(closing=closing, code=code)
    return stages.run_stage(stages.Stage("stage", (sys.executable, "-c", script)))


def test_a_stage_gives_the_counts_of_its_closing_line(capsys):
    result = ended(*GOOD)

    assert result.counts == {"passed": 7, "skipped": 2}
    assert result.code == 0
    assert "first" in capsys.readouterr().out


@pytest.mark.parametrize(("code", "shown"), [(0, False), (1, True)])
def test_a_quiet_stage_speaks_only_when_it_fails(capsys, code, shown):
    script = f"print('finding'); raise SystemExit({code})"

    stages.run_stage(stages.Stage("stage", (sys.executable, "-c", script)), quiet=True)

    assert ("finding" in capsys.readouterr().out) is shown


def test_a_stage_has_its_own_environment(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    script = "import os; print(os.environ['TZ'])"

    result = stages.run_stage(stages.Stage("zone", (sys.executable, "-c", script), {"TZ": "UTC"}))

    assert result.closing == "UTC"


def test_the_total_counts_errors_as_failures():
    results = [ended(*GOOD), ended(*BAD)]

    assert run_tests.total(results) == "13 passed, 2 failed"


def test_the_suite_runs_on_both_databases_and_in_three_zones():
    stages = run_tests.stages([])

    assert [stage.name.partition(",")[0] for stage in stages] == [
        "SQLite",
        "PostgreSQL",
        "PostgreSQL",
        "Journeys",
        "Looks",
        "No database",
    ]
    assert len({stage.environment["TZ"] for stage in stages}) == 3


def test_no_folder_of_tests_is_left_out():
    folders = {path.relative_to(stages.ROOT).parts[1] for path in TESTS.glob("*/**/test_*.py")}

    places = [*run_tests.ON_RECORDS, *run_tests.IN_BROWSERS, *run_tests.ON_PAPER]
    assert sorted(places) == sorted(f"tests/{folder}" for folder in folders)


def test_a_server_lives_as_long_as_its_command():
    script = """
import os, psycopg
with psycopg.connect(os.environ["DAKEHU_DATABASE_URL"]) as connection:
    row = connection.execute(
        "SELECT datcollate FROM pg_database WHERE datname = current_database()"
    ).fetchone()
print(os.environ["DAKEHU_DATABASE_URL"], *row)
"""
    command = [sys.executable, "-m", "tools.with_postgres", sys.executable, "-c", script]
    done = subprocess.run(command, cwd=stages.ROOT, capture_output=True, text=True, check=False)

    url, locale = done.stdout.split()
    assert done.returncode == 0, done.stderr
    assert locale == "C.UTF-8"
    gone = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "DAKEHU_DATABASE_URL": url},
        capture_output=True,
        check=False,
    )
    assert gone.returncode != 0


def test_the_exit_code_of_a_command_is_the_servers():
    command = [sys.executable, "-m", "tools.with_postgres", sys.executable, "-c", "exit(7)"]

    assert subprocess.run(command, cwd=stages.ROOT, check=False).returncode == 7
