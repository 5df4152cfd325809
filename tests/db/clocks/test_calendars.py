"""The calendar of a unit: inherited from above, set by two people, with days by hand."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.calendars import AT, SUMMER, close, propose
from tests.factories.people import StaffFactory

from dakehu.clocks import operations, queries
from dakehu.clocks.errors import UnableToSetCalendar
from dakehu.clocks.rules import day_of
from dakehu.clocks.values import ORDINARY, Hours

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture
def second(people):
    """Another administrator."""
    return StaffFactory(unit=people.administrator.unit, role=people.administrator.role)


def publish(row, by):
    operations.publish_hours(proposed=row, version=row.version, by=by, at=AT)


def hours_on(unit, day):
    return day_of(queries.calendar_of(unit, on=TODAY), day).intervals


def test_a_unit_has_the_hours_above_it_until_it_has_its_own(people, second):
    units = people.units
    publish(propose(units.city, people.administrator, active_from=TODAY), second)

    assert hours_on(units.district, TODAY) == SUMMER[0]
    assert hours_on(units.district, TODAY - timedelta(days=3)) == ORDINARY
    assert hours_on(units.other_district, TODAY) == ORDINARY


def test_own_hours_hold_from_their_day_on_and_what_came_before_stays(people, second):
    units, by = people.units, people.administrator
    publish(propose(units.city, by, active_from=TODAY), second)
    own = operations.propose_hours(
        unit=units.district, hours=Hours(), active_from=date(2026, 4, 1), reason="x", by=by, at=AT
    )
    publish(own, second)

    assert hours_on(units.district, date(2026, 3, 31)) == SUMMER[0]
    assert hours_on(units.district, date(2026, 4, 1)) == ORDINARY


def test_a_day_by_hand_holds_for_units_below_and_nearer_ones_win(people):
    units, by, day = people.units, people.administrator, date(2026, 3, 4)
    close(units.city, by, day)
    opened = ((540, 600),)
    operations.set_day(unit=units.district, day=day, intervals=opened, reason="值班", by=by, at=AT)

    assert hours_on(units.city, day) == ()
    assert hours_on(units.district, day) == opened

    operations.clear_day(kept=queries.set_days_of(units.district, 2026)[-1], by=by, at=AT)
    assert hours_on(units.district, day) == ()


def test_setting_a_day_again_replaces_what_was_set(people):
    unit, day = people.units.city, date(2026, 3, 4)
    close(unit, people.administrator, day)
    close(unit, people.administrator, day)

    assert len(queries.set_days_of(unit, 2026)) == 1


def test_a_day_that_somebody_sets_at_the_same_moment_is_refused_in_words(people, monkeypatch):
    unit, by, day = people.units.city, people.administrator, date(2026, 3, 4)
    close(unit, by, day)
    # What the other one has just set was not there when this one looked.
    monkeypatch.setattr(operations.calendars, "remove_record", lambda *_row, **_options: None)

    with pytest.raises(UnableToSetCalendar):
        close(unit, by, day)

    assert len(queries.set_days_of(unit, 2026)) == 1


def test_nobody_publishes_their_own_hours(people):
    row = propose(people.units.city, people.administrator, active_from=TODAY)

    with pytest.raises(UnableToSetCalendar):
        publish(row, people.administrator)

    assert hours_on(people.units.city, TODAY) == ORDINARY


def test_hours_are_published_once_and_not_for_days_gone_by(people, second):
    row = propose(people.units.city, people.administrator, active_from=TODAY)

    with pytest.raises(UnableToSetCalendar):
        operations.publish_hours(proposed=row, version=1, by=second, at=AT + timedelta(days=1))
    publish(row, second)
    with pytest.raises(UnableToSetCalendar):
        publish(row, second)
    with pytest.raises(UnableToSetCalendar):
        propose(people.units.city, second, active_from=TODAY - timedelta(days=1))


def test_only_hours_that_do_not_hold_yet_can_be_withdrawn(people, second):
    by = people.administrator
    waiting = propose(people.units.city, by, active_from=TODAY)
    coming = propose(people.units.city, by, active_from=date(2026, 7, 1))
    publish(coming, second)

    for row in (waiting, coming):
        operations.withdraw_hours(kept=row, by=by, at=AT)
    held = propose(people.units.city, by, active_from=TODAY)
    publish(held, second)

    assert queries.hours_known(people.units.city) == [held]
    with pytest.raises(UnableToSetCalendar):
        operations.withdraw_hours(kept=held, by=by, at=AT)


def test_hours_without_working_time_are_refused(people):
    never = Hours(week=((),) * 7)

    with pytest.raises(UnableToSetCalendar):
        operations.propose_hours(
            unit=people.units.city,
            hours=never,
            active_from=TODAY,
            reason="x",
            by=people.administrator,
            at=AT,
        )


def test_a_supervisor_sets_days_of_own_units_alone_and_no_hours(people):
    close(people.units.district, people.supervisor, date(2026, 3, 4))

    with pytest.raises(PermissionDenied):
        close(people.stranger.unit, people.supervisor, date(2026, 3, 4))
    with pytest.raises(PermissionDenied):
        propose(people.units.city, people.supervisor, active_from=TODAY)


def test_working_days_are_those_of_the_topmost_unit(people):
    close(people.units.province.parent or people.units.province, people.administrator, TODAY)

    found = queries.default_days(TODAY, TODAY + timedelta(days=1))

    assert [each.is_worked for each in found] == [False, True]
