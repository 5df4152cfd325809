"""Released exports: four eyes, rights asked for again and again, built whole or not at all."""

import re
import stat
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from python_calamine import CalamineWorkbook
from tests.factories.customers import CustomerFactory
from tests.factories.exports import AT, PURPOSE, ask, decide, fresh
from tests.factories.people import StaffFactory

from dakehu.audit.models import Access, Change
from dakehu.files.errors import UnableToExport
from dakehu.files.jobs import exports as jobs
from dakehu.files.models import ExportRequest
from dakehu.files.operations import exports as operations
from dakehu.files.operations import keeping
from dakehu.files.queries import exports as queries
from dakehu.worklist.models import Todo

pytestmark = pytest.mark.django_db
PLAIN = "13812345678"


@pytest.fixture(autouse=True)
def at_home(home):
    """Files of these tests lie in a folder of their own."""


@pytest.fixture
def zhang(customers):
    customers.own.phone = PLAIN
    customers.own.save()
    return customers.own


@pytest.fixture
def colleague_head(people):
    """A second head of city 01."""
    return StaffFactory(role="SUPERVISOR", unit=people.units.city, name="何平")


def rows_of(export):
    """Return the rows of the built workbook."""
    book = CalamineWorkbook.from_path(keeping.full_path(export.path))
    return book.get_sheet_by_index(0).to_python()


def files_there():
    return sorted(path.name for path in keeping.folder_for("exports").iterdir())


def built(export, supervisor, finish_work):
    decide(export, supervisor)
    finish_work()
    return fresh(export)


def test_a_released_export_is_built_masked_with_its_watermark(
    zhang, manager, supervisor, finish_work
):
    export = built(ask(manager), supervisor, finish_work)

    assert export.state == "READY"
    assert export.rows_done == 2
    rows = rows_of(export)
    cells = [str(cell) for row in rows for cell in row]
    assert {"张伟", "138****5678"} <= set(cells)
    assert PLAIN not in str(cells)
    mark = next(cell for cell in cells if PURPOSE in cell)
    assert {"王芳", "陈静", str(export.pk)} <= set(re.findall(r"[\w.]+", mark))


def test_the_watermark_is_printed_on_every_page(zhang, manager, supervisor, finish_work):
    from zipfile import ZipFile

    export = built(ask(manager, purpose="A & B 回访"), supervisor, finish_work)

    sheet = ZipFile(keeping.full_path(export.path)).read("xl/worksheets/sheet1.xml").decode()
    assert "<oddHeader>" in sheet
    assert "<oddFooter>" in sheet
    assert "A &amp;&amp; B" in sheet


def test_plain_values_are_plain_only_where_asked_for(
    zhang, manager, supervisor, administrator, finish_work
):
    export = built(ask(supervisor, is_plain=True), administrator, finish_work)

    cells = [cell for row in rows_of(export) for cell in row]
    assert PLAIN in cells


def test_the_file_is_private_and_outside_the_web_root(
    zhang, manager, supervisor, finish_work, settings
):
    export = built(ask(manager), supervisor, finish_work)

    path = keeping.full_path(export.path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.is_relative_to(settings.MEDIA_ROOT)
    assert not path.is_relative_to(settings.STATIC_ROOT)
    assert len(path.stem) >= 32
    assert keeping.digest_of(path) == export.sha256
    assert path.stat().st_size == export.size


def test_it_holds_the_rows_of_the_filter_in_the_order_of_the_list(
    customers, manager, supervisor, finish_work
):
    export = ask(manager, query="kind=INDIVIDUAL&sort=-number", columns=("name",))

    rows = rows_of(built(export, supervisor, finish_work))

    assert [row[0] for row in rows[-1:]] == ["张伟"]
    assert "滨海港务集团" not in str(rows)


def test_a_capped_export_says_so(customers, manager, supervisor, finish_work, settings):
    settings.EXPORT_ROW_CAP = 1

    export = built(ask(manager), supervisor, finish_work)

    assert export.rows_done == 1
    assert "1" in str(rows_of(export)[4])


@pytest.mark.parametrize("words", ["=1+1", "@SUM(A1)", "+86", "-1"])
def test_what_looks_like_a_formula_stays_text(manager, supervisor, finish_work, words):
    CustomerFactory(manager=manager, name=words)

    export = built(ask(manager, columns=("name",)), supervisor, finish_work)

    assert rows_of(export)[-1][0] == words


def test_nobody_releases_their_own(customers, supervisor):
    export = ask(supervisor)

    with pytest.raises(PermissionDenied):
        decide(export, supervisor)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExportRequest.objects.update(decided_by=supervisor, decided_at=AT)


def test_who_may_not_release_does_not(customers, manager, colleague):
    with pytest.raises(PermissionDenied):
        decide(ask(manager), colleague)


def test_only_what_people_of_ones_own_reach_ask_for_can_be_released(
    customers, manager, stranger, supervisor, administrator
):
    near, far, own = ask(manager), ask(stranger), ask(supervisor)

    assert set(queries.exports_to_release(supervisor)) == {near}
    assert set(queries.exports_to_release(administrator)) == {near, far, own}
    assert not queries.exports_to_release(manager).exists()


def test_the_same_is_not_decided_twice(customers, manager, supervisor, administrator):
    export = ask(manager)
    decide(export, supervisor)

    with pytest.raises(UnableToExport):
        decide(export, administrator, release=False, note="来不及")

    assert fresh(export).state == "APPROVED"


def test_a_refusal_needs_a_reason_and_builds_nothing(customers, manager, supervisor, finish_work):
    export = ask(manager)
    with pytest.raises(UnableToExport):
        decide(export, supervisor, release=False)

    decide(export, supervisor, release=False, note="用途不明")

    assert finish_work() == 0
    assert fresh(export).state == "REFUSED"
    assert fresh(export).decision_note == "用途不明"


@pytest.mark.parametrize(
    ("part", "changes"),
    [
        ("manager", {"is_plain": True}),
        ("manager", {"rows": 0}),
        ("manager", {"screen": "alerts:list"}),
        ("manager", {"screen": "nowhere:list"}),
    ],
)
def test_what_may_not_be_had_cannot_be_asked_for(customers, people, part, changes):
    with pytest.raises(UnableToExport):
        ask(getattr(people, part), **changes)


def test_whoever_may_not_ask_does_not(customers, hotline_agent):
    with pytest.raises(PermissionDenied):
        ask(hotline_agent)


def without(person, monkeypatch, *permissions):
    """Take rights away from a role."""
    from dataclasses import replace

    from dakehu.people import choices

    role = choices.ROLES[person.role]
    left = replace(role, permissions=role.permissions - set(permissions))
    monkeypatch.setitem(choices.ROLES, person.role, left)
    person.__dict__.pop("held_role", None)


@pytest.mark.parametrize("lost", ["customers.view", "customers.export", "exports.request"])
def test_a_right_withdrawn_before_the_building_stops_it_in_words(
    customers, manager, supervisor, finish_work, monkeypatch, lost
):
    export = ask(manager)
    decide(export, supervisor)
    without(manager, monkeypatch, lost)

    finish_work()

    assert fresh(export).state == "FAILED"
    assert fresh(export).error
    assert files_there() == []


def test_a_closed_account_gets_nothing(customers, manager, supervisor, finish_work):
    export = ask(manager)
    decide(export, supervisor)
    manager.is_active = False
    manager.save()

    finish_work()

    assert fresh(export).state == "FAILED"


@pytest.mark.parametrize("lost", ["customers.view", "customers.export", "exports.request"])
def test_a_right_withdrawn_after_the_building_stops_the_download(
    customers, manager, supervisor, finish_work, monkeypatch, lost
):
    export = built(ask(manager), supervisor, finish_work)
    without(manager, monkeypatch, lost)

    with pytest.raises(UnableToExport):
        operations.take_export(export=export, by=manager, at=timezone.now())


def test_a_plain_export_whose_right_went_cannot_be_taken(
    customers, supervisor, administrator, finish_work, monkeypatch
):
    export = built(ask(supervisor, is_plain=True), administrator, finish_work)
    without(supervisor, monkeypatch, "exports.plain")

    with pytest.raises(UnableToExport):
        operations.take_export(export=export, by=supervisor, at=timezone.now())


def test_the_rows_are_those_within_reach_when_it_is_built(
    customers, manager, supervisor, finish_work
):
    export = ask(manager)
    decide(export, supervisor)
    customers.own.manager = supervisor
    customers.own.save()

    finish_work()

    assert "张伟" not in str(rows_of(fresh(export)))


def test_a_filter_that_makes_no_sense_any_more_fails_in_words(
    customers, manager, supervisor, finish_work
):
    export = ask(manager, query="kind=NOWHERE")

    built(export, supervisor, finish_work)

    assert fresh(export).state == "FAILED"


def test_a_list_that_is_gone_fails_in_words(customers, manager, supervisor, finish_work):
    export = ask(manager)
    decide(export, supervisor)
    ExportRequest.objects.update(screen="gone:list")

    finish_work()

    assert fresh(export).state == "FAILED"


def test_a_download_is_counted_and_recorded(customers, manager, supervisor, finish_work):
    export = built(ask(manager), supervisor, finish_work)

    path = operations.take_export(export=export, by=manager, at=timezone.now())

    assert path.is_file()
    assert fresh(export).downloads == 1
    access = Access.objects.get(verb="EXPORTED", actor_id=manager.pk)
    assert (access.subject_id, access.purpose) == (export.pk, PURPOSE)


def test_nobody_else_downloads_it(customers, manager, supervisor, administrator, finish_work):
    export = built(ask(manager), supervisor, finish_work)

    for other in (supervisor, administrator):
        with pytest.raises(UnableToExport):
            operations.take_export(export=export, by=other, at=timezone.now())
    assert not Access.objects.filter(verb="EXPORTED").exists()


def test_it_expires_and_its_file_goes(
    customers, manager, supervisor, finish_work, settings, django_capture_on_commit_callbacks
):
    export = built(ask(manager), supervisor, finish_work)
    later = timezone.now() + timedelta(hours=settings.EXPORT_HOURS, minutes=1)

    with pytest.raises(UnableToExport):
        operations.take_export(export=export, by=manager, at=later)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.tidy_exports(later)

    assert fresh(export).state == "EXPIRED"
    assert files_there() == []


def test_a_lost_file_is_told(customers, manager, supervisor, finish_work):
    export = built(ask(manager), supervisor, finish_work)
    keeping.remove(export.path)

    with pytest.raises(UnableToExport):
        operations.take_export(export=export, by=manager, at=timezone.now())


def test_every_step_is_in_the_change_log(customers, manager, supervisor, finish_work):
    export = built(ask(manager), supervisor, finish_work)

    changes = Change.objects.filter(subject_type="files.exportrequest", subject_id=export.pk)

    assert changes.order_by("pk")[0].verb == "CREATED"
    states = [change.fields["state"] for change in changes if "state" in change.fields]
    assert ["WAITING", "APPROVED"] in states
    assert ["BUILDING", "READY"] in states


def todos(source):
    return list(Todo.objects.filter(source=source).values_list("owner__name", "state"))


def test_todos_follow_the_export(
    customers, manager, supervisor, finish_work, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        export = ask(manager)
    assert todos("export_release") == [("陈静", "OPEN")]

    with django_capture_on_commit_callbacks(execute=True):
        decide(export, supervisor)
        finish_work()
    assert todos("export_release") == [("陈静", "DONE")]
    assert todos("export_ready") == [("王芳", "OPEN")]

    with django_capture_on_commit_callbacks(execute=True):
        operations.take_export(export=fresh(export), by=manager, at=timezone.now())
    assert todos("export_ready") == [("王芳", "DONE")]


def test_todos_of_what_is_withdrawn_are_cancelled(
    customers, manager, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        export = ask(manager)
        operations.withdraw_export(export=export, by=manager, at=AT)

    assert todos("export_release") == [("陈静", "CANCELLED")]


def test_a_request_that_nobody_decided_on_lapses_and_its_requester_is_told(
    customers, manager, supervisor, settings, django_capture_on_commit_callbacks
):
    settings.EXPORT_REQUEST_DAYS = 3
    with django_capture_on_commit_callbacks(execute=True):
        old, young = ask(manager), ask(manager, at=AT + timedelta(minutes=1))
        ended = operations.end_exports(at=AT + timedelta(days=3))

    assert (ended, fresh(old).state, fresh(young).state) == (1, "EXPIRED", "WAITING")
    assert "3" in fresh(old).error
    assert sorted(todos("export_release")) == [("陈静", "CANCELLED"), ("陈静", "OPEN")]
    assert todos("export_lost") == [("王芳", "OPEN")]
    with pytest.raises(UnableToExport):
        decide(old, supervisor)


def test_who_asked_is_told_of_a_refusal_and_of_a_file_that_cannot_be_built(
    customers, manager, supervisor, finish_work, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        decide(ask(manager), supervisor, release=False, note="用途不明")
        broken = ask(manager)
        decide(broken, supervisor)
        operations.fail_export(export=fresh(broken), words="磁盘已满", at=AT)

    told = [todo.facts["state"] for todo in Todo.objects.filter(source="export_lost")]
    assert sorted(told) == ["FAILED", "REFUSED"]
    assert {queries.loss_words({"list": "customers:list", "state": state}) for state in told} == {
        "导出申请被拒绝：客户",
        "导出文件生成失败：客户",
    }


def test_the_nearest_other_releaser_is_asked(
    people, customers, supervisor, colleague_head, administrator
):
    assert queries.releaser_for(people.manager) == supervisor.pk
    assert queries.releaser_for(supervisor) == colleague_head.pk
    assert queries.releaser_for(people.stranger) not in {supervisor.pk, colleague_head.pk}


def test_where_nobody_may_release_nobody_is_asked(customers, people, monkeypatch):
    for part in ("supervisor", "administrator", "operations_center"):
        if hasattr(people, part):
            person = getattr(people, part)
            person.is_active = False
            person.save()

    assert queries.releaser_for(people.manager) is None
