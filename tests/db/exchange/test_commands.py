"""The commands as a scheduler and a person at a terminal see them."""

import csv
import json
import socket
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path

import duckdb
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from tests.factories import deliveries as make

from dakehu.exchange.choices import ExitCode
from dakehu.exchange.models import Run, RunStep

DAY = make.DAY
DAKEHU = Path(sys.executable).parent / "dakehu"
pytestmark = pytest.mark.django_db


@pytest.fixture
def delivered(home):
    """An inbox with one small city: somebody forwards calls, somebody's contract ends."""
    people = [make.subscriber("S1"), make.subscriber("S2", contract_end="2026-03-20")]
    usage = [make.usage("S1", fwd_offnet_calls=4), make.usage("S2")]
    make.write_delivery(home / "inbox", {"subscriber": people, "usage": usage})
    return home


def run(*arguments, **options):
    """Run a command and return what it printed."""
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def refusal(*arguments):
    """Run a command that must fail, and return its words and exit code."""
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    return str(caught.value), caught.value.returncode


def test_the_last_line_of_json_is_the_summary_and_there_is_no_other(delivered):
    lines = run("nightly", "--date", "2026-03-01", "--json").splitlines()

    assert len(lines) == 1
    summary = json.loads(lines[-1])
    assert (summary["state"], summary["date"], summary["kind"]) == (
        "DONE",
        "2026-03-01",
        "NIGHTLY",
    )
    assert summary["deliveries"]["taken"] == 1
    assert summary["signals"] == {"W02": 1, "W08": 1}
    assert summary["alerts"]["opened"] == summary["todos"]["opened"] == 2
    assert [step["step"] for step in summary["steps"]] == [
        "RECEIVE",
        "LOAD",
        "RECEIPTS",
        "OWNERSHIP",
        "MASTER",
        "EVALUATE",
        "ALERTS",
        "STANDINGS",
        "COHORTS",
        "TARGETS",
        "TODOS",
        "FIGURES",
        "RANK",
        "WORDS",
        "DUPLICATES",
        "TIDY",
        "SEAL",
    ]
    assert all(step["peak_kb"] > 0 and step["seconds"] >= 0 for step in summary["steps"])


def test_people_get_the_summary_in_words(delivered):
    told = run("nightly", "--date", "2026-03-01")

    for words in ("上传批次：接收 1", "W02 1、W08 1", "校验并入库"):
        assert words in told


def test_the_run_and_its_steps_are_in_the_book(delivered):
    run("nightly", "--date", "2026-03-01", "--json")

    record = Run.objects.get()
    assert (record.state, record.summary["deliveries"]["taken"]) == ("DONE", 1)
    assert set(RunStep.objects.values_list("state", flat=True)) == {"DONE"}
    assert RunStep.objects.get(name="LOAD").rows_out == 4


def test_without_a_date_the_night_is_yesterdays(delivered, time_machine):
    time_machine.move_to("2026-03-02T01:30:00+00:00")

    summary = json.loads(run("nightly", "--json"))

    assert summary["date"] == "2026-03-01"


def test_history_is_loaded_between_two_days(delivered):
    before = DAY - timedelta(days=1)
    make.write_delivery(delivered / "inbox", {"subscriber": [make.subscriber("S1")]}, day=before)

    summary = json.loads(run("load", "--from", "2026-02-01", "--to", "2026-02-28", "--json"))

    assert (summary["kind"], summary["deliveries"]["taken"]) == ("LOAD", 1)
    assert [step["step"] for step in summary["steps"]] == [
        "RECEIVE",
        "LOAD",
        "RECEIPTS",
        "WORDS",
        "TIDY",
        "SEAL",
    ]


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_signals_are_exported_in_order(delivered, tmp_path, suffix):
    run("nightly", "--date", "2026-03-01", "--json")
    out = tmp_path / f"alerts.{suffix}"

    run("export", "alerts", "--date", "2026-03-01", "--out", str(out))

    rows = duckdb.sql(f"SELECT sub_id, rule, a, b FROM '{out}'").fetchall()
    assert rows == [("S1", "W02", 4, 3), ("S2", "W08", 18, 30)]


def test_card_levels_are_exported_for_every_managed_subscriber(delivered, tmp_path):
    run("nightly", "--date", "2026-03-01", "--json")
    out = tmp_path / "levels.csv"

    run("export", "standings", "--date", "2026-03-01", "--out", str(out))

    with open(out, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["sub_id", "old_level", "new_level", "avg3", "arr"]
    assert [row[0] for row in rows[1:]] == ["S1", "S2"]


def test_working_days_are_exported_and_years_to_come_are_marked(tmp_path):
    out, told = tmp_path / "workdays.csv", StringIO()

    call_command(
        "export",
        "workdays",
        "--from",
        "2026-12-31",
        "--to",
        "2027-01-02",
        "--out",
        str(out),
        stdout=StringIO(),
        stderr=told,
    )

    assert out.read_text(encoding="utf-8").splitlines() == [
        "date,is_workday",
        "2026-12-31,1",
        "2027-01-01,0",
        "2027-01-02,0",
    ]
    assert "2027" in told.getvalue()


@pytest.mark.parametrize(
    ("first", "last", "out", "words"),
    [
        ("2009-12-31", "2010-01-04", "x.csv", "2010"),
        ("2026-01-02", "2026-01-01", "x.csv", "2026-01-01"),
        ("2026-01-01", "2026-01-02", "x.xlsx", ".csv"),
    ],
)
def test_working_days_that_cannot_be_written_are_refused(tmp_path, first, last, out, words):
    place = tmp_path / out

    told, code = refusal("export", "workdays", "--from", first, "--to", last, "--out", str(place))

    assert words in told
    assert code == ExitCode.BAD_USAGE
    assert not place.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--date", "2026-01-01", "--out", "x.csv"), "2026-01-01 尚未评估"),
        (("--date", "2026-03-01", "--out", "x.xls"), ".parquet"),
    ],
)
def test_an_export_that_cannot_be_says_why(delivered, arguments, words):
    run("nightly", "--date", "2026-03-01", "--json")

    told, code = refusal("export", "alerts", *arguments)

    assert words in told
    assert code == ExitCode.BAD_USAGE


def test_a_missing_inbox_is_told_in_words_and_as_json(home):
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command(
            "nightly", "--inbox", "/no/such/inbox", "--json", stdout=out, stderr=StringIO()
        )

    assert caught.value.returncode == ExitCode.PLACE_UNREACHABLE
    assert json.loads(out.getvalue()) == {
        "state": "FAILED",
        "exit_code": 4,
        "error": str(caught.value),
    }
    assert "/no/such/inbox" in str(caught.value)
    assert Run.objects.get().state == "FAILED"


def test_what_nobody_expected_is_told_without_a_traceback(delivered, monkeypatch):
    from dakehu.exchange.jobs import evaluating

    def broken(*args, **options):
        raise ZeroDivisionError("nobody expected this")

    monkeypatch.setattr(evaluating, "evaluate_day", broken)

    told, code = refusal("nightly", "--date", "2026-03-01")
    assert (code, "ZeroDivisionError" in told) == (ExitCode.UNEXPECTED, True)
    with pytest.raises(ZeroDivisionError):
        run("nightly", "--date", "2026-03-01", traceback=True)


def test_a_run_that_is_stopped_by_hand_says_how_it_goes_on(delivered, monkeypatch):
    from dakehu.exchange.jobs import evaluating

    def stopped(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(evaluating, "evaluate_day", stopped)

    told, code = refusal("nightly", "--date", "2026-03-01")

    assert (code, "下一次运行" in told) == (ExitCode.STOPPED, True)
    assert Run.objects.get().state == "INTERRUPTED"


def test_a_full_disk_is_told_with_its_place(delivered, monkeypatch):
    import errno

    from dakehu.exchange.jobs import tidying

    def full(*args, **options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tidying, "wanted_files", full)

    told, code = refusal("nightly", "--date", "2026-03-01")

    assert code == ExitCode.HOME_UNWRITABLE
    assert str(delivered) in told


def test_a_delivery_can_be_checked_before_it_is_sent(delivered, capsys):
    run("exchange", "check", str(delivered / "inbox"))

    told = capsys.readouterr().out
    assert "usage_01_20260301_001.csv.gz" in told
    assert "可以接收" in told


def test_a_check_fails_if_something_would_be_refused(delivered):
    folder = delivered / "inbox" / "01" / "20260301"
    next(folder.glob("usage*")).write_bytes(b"broken")

    _told, code = refusal("exchange", "check", str(folder))

    assert code == ExitCode.WOULD_BE_REFUSED
    found = json.loads(run_failing("exchange", "check", str(folder), "--json"))
    assert [line["is_good"] for line in found[0]["files"]] == [True, False]


def run_failing(*arguments):
    """Run a command that fails, and return what it printed before."""
    out = StringIO()
    with pytest.raises(CommandError):
        call_command(*arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_delivery_of_changes_is_checked_without_asking_who_is_known(home):
    usage = [make.usage("S1"), make.usage("S2")]
    make.write_delivery(home / "inbox", {"subscriber": [make.subscriber("S1")], "usage": usage})

    told = run("exchange", "check", str(home / "inbox"), "--changed-only", "--json")

    assert all(line["is_good"] for line in json.loads(told)[0]["files"])
    assert refusal("exchange", "check", str(home / "inbox"))[1] == ExitCode.WOULD_BE_REFUSED


def test_a_folder_that_is_not_there_cannot_be_checked(home):
    _told, code = refusal("exchange", "check", str(home / "nowhere"))

    assert code == ExitCode.BAD_USAGE


def test_the_commands_are_listed_by_purpose(capsys):
    run("commands")

    told = capsys.readouterr().out
    for words in ("日常工作", "dakehu nightly", "dakehu exchange", "dakehu run", "dakehu help"):
        assert words in told


@pytest.fixture(scope="module")
def own_home(tmp_path_factory) -> Path:
    """The home of an installation that its first command sets up, with a database of its own."""
    if connection.vendor != "sqlite":
        pytest.skip("These processes keep their records in SQLite, whatever the suite does.")
    return tmp_path_factory.mktemp("scheduled") / "var"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("nightly", "--date", "31.3.2026"), 2),
        (("load", "--from", "2026-03-02", "--to", "2026-03-01"), 2),
        (("nightly", "--date", "2026-03-01"), 0),
        (("nightly", "--date", "2026-03-01", "--inbox", "/no/such/inbox"), 4),
        (("--version",), 0),
        ((), 0),
    ],
)
def test_exit_codes_reach_the_scheduler(own_home, arguments, code):
    environment = {"DAKEHU_HOME": str(own_home), "PATH": "/usr/bin:/bin"}

    ended = subprocess.run(
        [DAKEHU, *arguments], env=environment, capture_output=True, text=True, check=False
    )

    assert ended.returncode == code, ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_first_administrator_can_log_in(home, monkeypatch, client):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "open-sesame-2026")

    run("createsuperuser", "--noinput", "--username", "root", "--name", "张三")

    answer = client.post("/ui/login/", {"username": "root", "password": "open-sesame-2026"})
    assert answer.status_code == 302
    assert refusal("createsuperuser", "--noinput", "--username", "root")[1] == ExitCode.BAD_USAGE


@pytest.mark.parametrize("password", ["", "short", "1234567890"])
def test_a_weak_password_is_refused_with_its_reasons(home, monkeypatch, password):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", password)

    _told, code = refusal("createsuperuser", "--noinput", "--username", "root")

    assert code == ExitCode.BAD_USAGE


def test_the_first_administrator_is_asked_for_what_is_missing(home, monkeypatch):
    words = iter(["open-sesame-2026", "open-sesame-2026", "open-sesame-2026", "another-2026"])
    monkeypatch.setattr("builtins.input", lambda question: "root")
    monkeypatch.setattr(
        "dakehu.exchange.management.commands.createsuperuser.getpass", lambda question: next(words)
    )

    assert "root" in run("createsuperuser")
    assert refusal("createsuperuser", "--username", "other")[1] == ExitCode.BAD_USAGE
    assert refusal("createsuperuser", "--noinput")[1] == ExitCode.BAD_USAGE


@pytest.mark.parametrize("command", ["run", "demo"])
def test_a_port_that_is_taken_is_told_before_anything_begins(home, command):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        told, code = refusal(command, "--port", str(port))

    assert (code, str(port) in told, f"--port {port + 1}" in told) == (2, True, True)
    assert not (home / "demo.json").exists()
