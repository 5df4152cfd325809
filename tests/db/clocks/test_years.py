"""A provisional year becomes official: entered by one, published by another; clocks follow."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.calendars import announce
from tests.factories.clocks import standard, wall
from tests.factories.people import StaffFactory

from dakehu.clocks.choices import ClockKind
from dakehu.clocks.errors import UnableToSetCalendar
from dakehu.clocks.models import DeadlineMove
from dakehu.clocks.operations import publish_year, recount_all, start_clock, withdraw_year
from dakehu.clocks.queries import calendar_of, provisional_years, public_days
from dakehu.clocks.rules import day_of

pytestmark = pytest.mark.django_db
DECEMBER = datetime(2026, 12, 30, 1, tzinfo=UTC)


@pytest.fixture
def second(people):
    return StaffFactory(unit=people.administrator.unit, role=people.administrator.role)


@pytest.fixture
def clock(people):
    """Due within two working days of 30 December: on the first working day of 2027."""
    return start_clock(
        subject="thing", subject_id=1, kind=ClockKind.RESOLVE, standard=standard("2 working_day"),
        source="C14 A1 v1", unit=people.units.district, owner=None, customer=None,
        at=wall("2026-12-30 10:00"), by=None,
    )  # fmt: skip


def entered(people):
    """New Year's Day is free until 4 January; the Sunday before is worked, as is the 9th."""
    free = (("01-01", "元旦"), ("01-02", "元旦"), ("01-04", "元旦"))
    return announce(people.administrator, free=free, make_up=("01-03", "01-09"), at=DECEMBER)


def test_a_year_is_official_once_a_second_person_publishes_it_and_clocks_follow(
    people, second, clock
):
    before = clock.due_at
    assert before == wall("2027-01-04 18:00")
    row = entered(people)
    assert 2027 not in public_days(2028).official
    assert provisional_years(at=DECEMBER) == {2027: 1}

    publish_year(proposed=row, version=row.version, by=second, at=DECEMBER)
    assert recount_all(at=DECEMBER) == 1

    clock.refresh_from_db()
    assert clock.due_at == wall("2027-01-03 18:00")
    move = DeadlineMove.objects.get()
    assert (move.was, move.became) == (before, clock.due_at)
    assert "国办通知" in move.recount.cause
    assert provisional_years(at=DECEMBER) == {}
    calendar = calendar_of(people.units.district, on=date(2026, 12, 30))
    worked = {day: day_of(calendar, date(2027, 1, day)) for day in (1, 3, 4, 9)}
    assert [worked[day].is_worked for day in (1, 3, 4, 9)] == [False, True, False, True]
    assert not worked[9].is_provisional


def test_what_was_published_is_replaced_by_a_later_one_or_withdrawn_before_the_year(
    people, second, clock
):
    before = clock.due_at
    row = entered(people)
    publish_year(proposed=row, version=row.version, by=second, at=DECEMBER)
    later = announce(second, free=(("01-01", "元旦"),), at=DECEMBER)
    publish_year(proposed=later, version=later.version, by=people.administrator, at=DECEMBER)
    assert date(2027, 1, 4) not in public_days(2028).free

    for each in (later, row):
        each.refresh_from_db()
        withdraw_year(kept=each, by=second, at=DECEMBER)
    recount_all(at=DECEMBER)

    clock.refresh_from_db()
    assert clock.due_at == before
    assert 2027 not in public_days(2028).official


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"free": ()}, "至少"),
        ({"year": 2025}, "已过"),
        ({"make_up": ("02-08",)}, "既是"),
        ({"make_up": ("02-09",)}, "本来就上班"),
    ],
)
def test_days_that_cannot_be_are_refused_by_name(people, days, words):
    with pytest.raises(UnableToSetCalendar, match=words):
        announce(people.administrator, at=DECEMBER, **days)


def test_nobody_publishes_their_own_nor_twice_nor_for_all_from_a_city(people, second):
    row = entered(people)
    with pytest.raises(UnableToSetCalendar, match="他人"):
        publish_year(proposed=row, version=row.version, by=people.administrator, at=DECEMBER)
    with pytest.raises(UnableToSetCalendar, match="等待"):
        entered(people)
    with pytest.raises(PermissionDenied):
        announce(people.supervisor, at=DECEMBER)
    publish_year(proposed=row, version=row.version, by=second, at=DECEMBER)
    with pytest.raises(UnableToSetCalendar, match="已被处理"):
        publish_year(proposed=row, version=row.version, by=second, at=DECEMBER)
    row.refresh_from_db()
    with pytest.raises(UnableToSetCalendar, match="已开始"):
        withdraw_year(kept=row, by=second, at=wall("2027-01-05 10:00"))
