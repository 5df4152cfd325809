"""Rewriting what was recorded shows: altered, removed, slipped in, cut off, key or not."""

import json
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F

from dakehu.audit.choices import AccessVerb, ChangeVerb, ExitCode
from dakehu.audit.models import Access, Change, Seal
from dakehu.audit.operations import record_access, record_change, seal_trails, sealing
from dakehu.audit.queries.sealed import verify_trails
from dakehu.audit.rules import canonical, instant


@pytest.fixture(autouse=True)
def small_links(monkeypatch):
    """Three rows to a link, so that a few rows make a chain."""
    monkeypatch.setattr(sealing, "ROWS_PER_SEAL", 3)


@pytest.fixture
def trails(home, manager, at):
    """Ten changes and ten looks, sealed."""
    for number in range(10):
        record_change(
            verb=ChangeVerb.CHANGED,
            subject=manager,
            fields={"position": (f"{number}", "主任"), "is_core_partner": (False, True)},
            by=manager,
            at=at + timedelta(microseconds=number),
            reason="晋升",
        )
        record_access(
            verb=AccessVerb.SEARCHED, by=manager, at=at, subject=manager, detail=f"张 [{number}]"
        )
    seal_trails(at=at)


def verdict(subject):
    """What checking one trail finds."""
    return {each.subject: each for each in verify_trails()}[subject]


def sql(statement, *parameters):
    """Change the database behind the application's back."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def nth(model, number):
    """The number of a row, counted from the first."""
    return model.objects.order_by("pk").values_list("pk", flat=True)[number]


def test_what_nobody_touched_is_whole(trails):
    for subject in ("change", "access"):
        found = verdict(subject)
        assert (found.is_whole, found.rows, found.unsealed) == (True, 10, 0)
        assert found.is_anchored


def test_links_follow_each_other_without_a_gap(trails):
    seals = list(Seal.objects.filter(subject="change").order_by("first_id"))

    assert seals[0].first_id == 1
    assert all(b.first_id == a.last_id + 1 for a, b in pairwise(seals))
    assert sum(seal.rows for seal in seals) == 10
    assert all(seal.rows <= 3 for seal in seals)


def test_sealing_again_seals_only_what_came_since(trails, manager, at):
    before = Seal.objects.count()
    assert seal_trails(at=at) == {"change": 0, "access": 0}
    assert Seal.objects.count() == before

    record_change(verb=ChangeVerb.CHANGED, subject=manager, fields={}, by=None, at=at)
    assert verdict("change").unsealed == 1
    assert seal_trails(at=at) == {"change": 1, "access": 0}
    assert verdict("change").is_whole


def test_nothing_recorded_is_whole_and_needs_no_seal(home, db, at):
    assert seal_trails(at=at) == {"change": 0, "access": 0}
    assert all(each.is_whole and each.is_anchored for each in verify_trails())


@pytest.mark.parametrize(
    ("subject", "table", "column", "value"),
    [
        ("change", "audit_change", "actor_name", "别人"),
        ("change", "audit_change", "reason", ""),
        ("change", "audit_change", "fields", "{}"),
        ("change", "audit_change", "version", 9),
        ("change", "audit_change", "subject_id", 0),
        ("access", "audit_access", "detail", "张 [0]"),
        ("access", "audit_access", "actor_id", 0),
        ("access", "audit_access", "at", "2026-01-01 00:00:00+00:00"),
        ("access", "audit_access", "purpose", "CONTACT"),
    ],
)
def test_an_altered_row_is_found(trails, subject, table, column, value):
    pk = nth({"change": Change, "access": Access}[subject], 7)
    sql(f"UPDATE {table} SET {column} = %s WHERE id = %s", value, pk)

    trouble = verdict(subject).trouble

    assert trouble.kind == "ROWS_ALTERED"
    assert trouble.first_id <= pk <= trouble.last_id


def test_a_removed_row_is_found(trails):
    pk = nth(Change, 4)
    sql("DELETE FROM audit_change WHERE id = %s", pk)

    trouble = verdict("change").trouble

    assert (trouble.kind, trouble.rows) == ("ROWS_MISSING", 1)
    assert trouble.first_id <= pk <= trouble.last_id


def test_a_row_slipped_in_is_found(trails, manager, at):
    pk = nth(Change, 4)
    # A gap that a rolled-back transaction left would do as well.
    sql("DELETE FROM audit_change WHERE id = %s", pk)
    sql("UPDATE audit_seal SET rows = rows - 1 WHERE subject = 'change' AND last_id >= %s", pk)
    sql(
        "INSERT INTO audit_change (id, at, actor_name, subject_type, subject_id, verb, fields,"
        " reason) VALUES (%s, %s, '王芳', 'people.staff', 1, 'CHANGED', '{}', '')",
        pk,
        at,
    )

    trouble = verdict("change").trouble

    assert trouble.kind == "ROWS_ADDED"
    assert trouble.first_id <= pk <= trouble.last_id


def test_two_rows_that_changed_places_are_found(trails):
    one, other = nth(Access, 0), nth(Access, 1)
    sql("UPDATE audit_access SET id = -1 WHERE id = %s", one)
    sql("UPDATE audit_access SET id = %s WHERE id = %s", one, other)
    sql("UPDATE audit_access SET id = %s WHERE id = -1", other)

    assert verdict("access").trouble.kind == "ROWS_ALTERED"


def test_the_first_break_is_told(trails):
    sql(
        "UPDATE audit_change SET reason = 'x' WHERE id IN (%s, %s)", nth(Change, 8), nth(Change, 1)
    )

    trouble = verdict("change").trouble

    assert trouble.first_id <= nth(Change, 1) <= trouble.last_id


def test_a_seal_taken_out_is_found(trails):
    second = Seal.objects.filter(subject="change").order_by("first_id")[1]
    sql("DELETE FROM audit_seal WHERE id = %s", second.pk)

    trouble = verdict("change").trouble

    assert (trouble.kind, trouble.first_id) == ("LINK_MISSING", second.first_id)


def test_a_seal_forged_without_the_key_is_found(trails, settings, at):
    sql("UPDATE audit_change SET reason = 'x' WHERE id = %s", nth(Change, 9))
    with transaction.atomic():
        sql("DELETE FROM audit_seal WHERE subject = 'change'")
        key, settings.SECRET_KEY = settings.SECRET_KEY, "not the installation's key"
        seal_trails(at=at)
        settings.SECRET_KEY = key

    assert verdict("change").trouble.kind == "ROWS_ALTERED"


def test_an_end_that_was_cut_off_is_found_by_the_head_in_the_home_folder(trails):
    last = Seal.objects.filter(subject="access").order_by("first_id").last()
    sql("DELETE FROM audit_access WHERE id >= %s", last.first_id)
    sql("DELETE FROM audit_seal WHERE id = %s", last.pk)

    trouble = verdict("access").trouble

    assert (trouble.kind, trouble.last_id) == ("END_MISSING", last.last_id)


def test_the_seals_of_the_next_night_do_not_cover_an_end_that_was_cut_off(trails, manager, at):
    last = Seal.objects.filter(subject="change").order_by("first_id").last()
    sql("DELETE FROM audit_change WHERE id >= %s", last.first_id)
    sql("DELETE FROM audit_seal WHERE id = %s", last.pk)
    record_change(verb=ChangeVerb.CHANGED, subject=manager, fields={}, by=None, at=at)

    seal_trails(at=at)
    trouble = verdict("change").trouble

    assert (trouble.kind, trouble.first_id) == ("END_MISSING", last.first_id)
    assert trouble.last_id == last.last_id


def test_everything_taken_away_is_found_too(trails):
    sql("DELETE FROM audit_access")
    sql("DELETE FROM audit_seal WHERE subject = 'access'")

    assert verdict("access").trouble.kind == "END_MISSING"


def test_without_the_head_the_end_is_not_vouched_for(trails, home):
    (home / "audit-head.json").unlink()

    assert verdict("change").is_whole
    assert not verdict("change").is_anchored


def test_an_earlier_key_still_proves_what_it_sealed(trails, settings, manager, at):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key"
    assert verdict("change").is_whole

    record_change(verb=ChangeVerb.CHANGED, subject=manager, fields={}, by=None, at=at)
    seal_trails(at=at)
    assert verdict("change").rows == 11

    settings.SECRET_KEY_FALLBACKS = []
    assert not verdict("change").is_whole


def test_a_gap_in_the_numbers_is_no_break(home, manager, at):
    with transaction.atomic():
        record_change(verb=ChangeVerb.CHANGED, subject=manager, fields={}, by=None, at=at)
        transaction.set_rollback(True)
    record_change(verb=ChangeVerb.CHANGED, subject=manager, fields={}, by=None, at=at)
    sql("UPDATE audit_change SET id = id + 7")

    assert seal_trails(at=at)["change"] == 1
    assert verdict("change").is_whole


def test_the_command_seals_and_verifies_in_words(trails, capsys, english):
    call_command("audit", "seal")
    call_command("audit", "verify")

    told = capsys.readouterr().out
    assert "Change log: 0 rows sealed." in told
    assert "Access log: whole. 10 rows sealed, 0 more since." in told


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE audit_change SET reason = 'x' WHERE id = %s", "or in their seal, some were alt"),
        ("DELETE FROM audit_change WHERE id = %s", "1 were removed"),
    ],
)
def test_the_command_tells_a_break_and_ends_with_its_code(
    trails, capsys, english, statement, words
):
    sql(statement, nth(Change, 0))

    with pytest.raises(CommandError) as ended:
        call_command("audit", "verify")

    assert ended.value.returncode == ExitCode.BROKEN
    told = capsys.readouterr().out
    assert "Change log: broken." in told
    assert words in told
    assert "Access log: whole." in told


def test_a_busy_database_is_told_and_nothing_is_lost(trails, monkeypatch):
    from django.db import OperationalError

    def busy(subject, **options):
        raise OperationalError("lock timeout")

    monkeypatch.setattr(sealing, "seal_trail", busy)

    with pytest.raises(CommandError) as ended:
        call_command("audit", "seal")
    assert ended.value.returncode == ExitCode.BUSY


def test_the_head_names_the_newest_links(trails, home):
    head = json.loads((home / "audit-head.json").read_text())

    assert head["change"]["last_id"] == Change.objects.order_by("pk").last().pk
    assert Seal.objects.filter(digest=head["access"]["digest"], last_id=F("last_id")).exists()


def test_a_row_reads_the_same_whatever_zone_its_instant_is_told_in(at):
    from zoneinfo import ZoneInfo

    there = at.astimezone(ZoneInfo("Asia/Shanghai"))

    assert instant(there) == instant(at)
    assert canonical((1, there, {"b": 1, "a": "中"})) == canonical((1, at, {"a": "中", "b": 1}))
