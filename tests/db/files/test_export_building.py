"""Building released exports: withdrawn, killed, given up; whole or not at all."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from tests.factories.exports import AT, ask, decide, fresh

from dakehu.common.work import WorkGivenUp
from dakehu.files.errors import UnableToExport
from dakehu.files.jobs import exports as jobs
from dakehu.files.operations import exports as operations
from dakehu.files.operations import keeping
from dakehu.ui.lists import exports as workbooks

pytestmark = pytest.mark.django_db
PLAIN = "13812345678"


@pytest.fixture(autouse=True)
def at_home(home):
    """Files of these tests lie in a folder of their own."""


def files_there():
    return sorted(path.name for path in keeping.folder_for("exports").iterdir())


def built(export, supervisor, finish_work):
    decide(export, supervisor)
    finish_work()
    return fresh(export)


@pytest.mark.parametrize("stage", ["WAITING", "APPROVED", "READY"])
def test_it_can_be_withdrawn_at_any_stage(
    customers, manager, supervisor, finish_work, stage, django_capture_on_commit_callbacks
):
    export = ask(manager)
    if stage != "WAITING":
        export = decide(export, supervisor)
    if stage == "READY":
        finish_work()
        export = fresh(export)

    with django_capture_on_commit_callbacks(execute=True):
        operations.withdraw_export(export=export, by=manager, at=timezone.now())
    finish_work()

    assert fresh(export).state == "WITHDRAWN"
    assert files_there() == []


def test_only_the_requester_withdraws_and_only_once(customers, manager, supervisor):
    export = ask(manager)

    with pytest.raises(UnableToExport):
        operations.withdraw_export(export=export, by=supervisor, at=AT)
    operations.withdraw_export(export=export, by=manager, at=AT)
    with pytest.raises(UnableToExport):
        operations.withdraw_export(export=export, by=manager, at=AT)


def test_withdrawing_stops_a_build_under_way(
    customers, manager, supervisor, finish_work, monkeypatch
):
    export = decide(ask(manager), supervisor)

    def withdraw_in_between(table, columns, **options):
        yield ["x"] * len(columns)
        operations.withdraw_export(export=fresh(export), by=manager, at=AT)
        yield ["y"] * len(columns)

    monkeypatch.setattr(workbooks, "CHUNK", 1)
    monkeypatch.setattr(workbooks, "lines_of", withdraw_in_between)
    finish_work()

    assert fresh(export).state == "WITHDRAWN"
    assert files_there() == []


def test_withdrawing_at_the_last_moment_leaves_no_file(
    customers, manager, supervisor, finish_work, monkeypatch
):
    export = decide(ask(manager), supervisor)
    keep = keeping.keep

    def keep_and_withdraw(*arguments, **options):
        file = keep(*arguments, **options)
        operations.withdraw_export(export=fresh(export), by=manager, at=AT)
        return file

    monkeypatch.setattr(keeping, "keep", keep_and_withdraw)
    finish_work()

    assert fresh(export).state == "WITHDRAWN"
    assert files_there() == []


def test_progress_is_recorded_while_it_is_built(
    customers, manager, supervisor, finish_work, monkeypatch
):
    export = decide(ask(manager), supervisor)
    seen = []
    note = operations.note_progress

    def spy(**options):
        seen.append(options["rows"])
        return note(**options)

    monkeypatch.setattr(workbooks, "CHUNK", 1)
    monkeypatch.setattr(operations, "note_progress", spy)
    finish_work()

    assert seen == [0, 1]
    assert fresh(export).state == "READY"


def test_what_a_killed_worker_began_is_built_by_the_next(
    customers, manager, supervisor, finish_work
):
    export = decide(ask(manager), supervisor)
    assert operations.begin_export(export=export)
    operations.note_progress(export=export, rows=1)

    finish_work()

    assert fresh(export).state == "READY"
    assert fresh(export).rows_done == 2
    assert len(files_there()) == 1


def test_building_twice_does_it_once(customers, manager, supervisor, finish_work):
    export = built(ask(manager), supervisor, finish_work)

    jobs.build_export.func(export.pk)

    assert fresh(export).path == export.path
    assert len(files_there()) == 1


def test_a_build_that_fails_leaves_nothing_and_is_given_up_in_words(
    customers, manager, supervisor, monkeypatch
):
    export = decide(ask(manager), supervisor)

    def stumble(*arguments, **options):
        raise OSError("disk full")

    monkeypatch.setattr(workbooks, "write_workbook", stumble)
    with pytest.raises(OSError, match="disk full"):
        jobs.build_export.func(export.pk)
    assert files_there() == []
    assert fresh(export).state == "BUILDING"

    jobs.give_up(WorkGivenUp(jobs.build_export.module_path, [export.pk], {}, AT))
    jobs.give_up(WorkGivenUp("another.task", [export.pk], {}, AT))

    assert fresh(export).state == "FAILED"
    assert fresh(export).error


def test_what_a_killed_build_left_is_tidied_and_what_counts_is_not(
    customers, manager, supervisor, finish_work
):
    export = built(ask(manager), supervisor, finish_work)
    folder = keeping.folder_for("exports")
    room, stray, young = folder / "room-x", folder / "stray.xlsx", folder / "young.xlsx"
    room.mkdir()
    (room / "part").write_text("half")
    stray.write_text("left")
    young.write_text("just made")
    old = (datetime.now(tz=UTC) - timedelta(hours=7)).timestamp()
    for path in (room, stray, folder / Path(export.path).name):
        os.utime(path, (old, old))

    jobs.tidy_exports(timezone.now())

    assert files_there() == sorted([Path(export.path).name, "young.xlsx"])
