"""Leave with a deputy: entered, changed, ended; what is refused and what is only warned of."""

from datetime import timedelta

import pytest
from tests.factories.customers import CustomerFactory
from tests.factories.people import StaffFactory

from dakehu.audit.errors import EditedMeanwhile
from dakehu.audit.models import Change
from dakehu.customers.queries import customers_visible_to
from dakehu.people.errors import UnableToPlanLeave, UnableToRelease
from dakehu.people.models import Leave
from dakehu.people.operations import change_leave, end_leave, plan_leave, remove_staff
from dakehu.people.policies import may_keep_file, may_plan_leave
from dakehu.people.queries import (
    covered_by,
    deputies_for,
    leaves_of,
    leaves_visible_to,
    present_leave,
    staff_listed,
)
from dakehu.people.values import Absence

DAY = timedelta(days=1)


@pytest.fixture
def now():
    """The database's own clock decides who is away, so these tests live in the present."""
    from django.utils import timezone

    return timezone.now()


def absence(at, first, last, deputy=None):
    return Absence(at + first * DAY, at + last * DAY, deputy, "年休假")


def test_the_deputy_sees_the_customers_while_the_person_is_away(people, now):
    customer = CustomerFactory(manager=people.manager)
    assert customer not in customers_visible_to(people.colleague)

    leave = plan_leave(
        people.manager, absence=absence(now, -1, 1, people.colleague), by=people.manager, at=now
    )

    assert customer in customers_visible_to(people.colleague)
    assert present_leave(people.manager) == leave
    assert people.manager in staff_listed(people.supervisor).filter(is_away=True)
    end_leave(leave, by=people.manager, at=now)
    assert customer not in customers_visible_to(people.colleague)
    assert present_leave(people.manager) is None


def test_leave_is_on_the_record(people, at):
    leave = plan_leave(people.manager, absence=absence(at, 1, 3), by=people.manager, at=at)

    created = Change.objects.get(subject_type="people.leave", subject_id=leave.pk)
    assert created.actor_id == people.manager.pk


@pytest.mark.parametrize(("first", "last"), [(3, 3), (3, 2), (0, 800)])
def test_an_impossible_period_is_refused(people, at, first, last):
    with pytest.raises(UnableToPlanLeave) as refused:
        plan_leave(people.manager, absence=absence(at, first, last), by=people.manager, at=at)

    assert refused.value.field == "ends_at"


def test_two_leaves_of_a_person_do_not_overlap(people, at):
    plan_leave(people.manager, absence=absence(at, 1, 5), by=people.manager, at=at)

    with pytest.raises(UnableToPlanLeave) as refused:
        plan_leave(people.manager, absence=absence(at, 4, 8), by=people.manager, at=at)

    assert "2026-03-03" in str(refused.value)
    plan_leave(people.manager, absence=absence(at, 5, 8), by=people.manager, at=at)


def test_a_deputy_who_is_away_is_refused(people, at):
    plan_leave(people.colleague, absence=absence(at, 2, 4), by=people.colleague, at=at)

    with pytest.raises(UnableToPlanLeave) as refused:
        plan_leave(
            people.manager, absence=absence(at, 1, 3, people.colleague), by=people.manager, at=at
        )

    assert refused.value.field == "deputy"


def test_nobody_stands_in_for_themselves_or_with_a_closed_account(people, at):
    closed = StaffFactory(unit=people.units.district, is_active=False)

    for deputy in (people.manager, closed):
        with pytest.raises(UnableToPlanLeave):
            plan_leave(people.manager, absence=absence(at, 1, 3, deputy), by=people.manager, at=at)


def test_who_stands_in_may_go_away_too_and_is_told(people, at):
    plan_leave(
        people.manager, absence=absence(at, 1, 5, people.colleague), by=people.manager, at=at
    )

    leave = plan_leave(people.colleague, absence=absence(at, 2, 3), by=people.colleague, at=at)

    covered = covered_by(people.colleague, starts_at=leave.starts_at, ends_at=leave.ends_at)
    assert [each.staff for each in covered] == [people.manager]


def test_a_leave_is_changed_until_it_is_over(people, at):
    leave = plan_leave(people.manager, absence=absence(at, 1, 5), by=people.manager, at=at)

    change_leave(
        leave,
        absence=absence(at, 1, 6, people.colleague),
        version=1,
        by=people.supervisor,
        at=at,
    )

    assert leaves_of(people.manager)[0].deputy == people.colleague
    with pytest.raises(UnableToPlanLeave):
        change_leave(leave, absence=absence(at, 1, 7), by=people.supervisor, at=at + 9 * DAY)
    with pytest.raises(UnableToPlanLeave):
        end_leave(leave, by=people.supervisor, at=at + 9 * DAY)


def test_two_changes_of_a_leave_are_shown_side_by_side(people, at):
    leave = plan_leave(people.manager, absence=absence(at, 1, 5), by=people.manager, at=at)
    mine = Leave.objects.get(pk=leave.pk)
    change_leave(leave, absence=absence(at, 1, 6), version=1, by=people.supervisor, at=at)

    with pytest.raises(EditedMeanwhile):
        change_leave(mine, absence=absence(at, 1, 7), version=1, by=people.manager, at=at)


def test_a_leave_that_has_not_begun_is_cancelled(people, at):
    leave = plan_leave(people.manager, absence=absence(at, 1, 5), by=people.manager, at=at)

    end_leave(leave, by=people.manager, at=at)

    assert leaves_of(people.manager) == []
    plan_leave(people.manager, absence=absence(at, 1, 5), by=people.manager, at=at)


def test_who_stands_in_for_somebody_is_not_removed(people, now):
    plan_leave(
        people.manager, absence=absence(now, 1, 3, people.colleague), by=people.manager, at=now
    )

    with pytest.raises(UnableToRelease):
        remove_staff(people.colleague, by=people.administrator, at=now)


def test_leave_is_entered_by_oneself_and_by_who_keeps_the_file_or_leads(people):
    assert may_plan_leave(people.manager, people.manager)
    assert may_plan_leave(people.supervisor, people.manager)
    assert not may_plan_leave(people.colleague, people.manager)
    people.units.city.leader = people.dispatcher
    people.units.city.save()
    assert may_plan_leave(people.dispatcher, people.manager)
    assert not may_keep_file(people.manager, people.manager)


def test_leaves_are_seen_within_reach_and_ones_own_always(people, at):
    own = plan_leave(people.manager, absence=absence(at, 1, 2), by=people.manager, at=at)
    other = plan_leave(people.stranger, absence=absence(at, 1, 2), by=people.stranger, at=at)

    assert list(leaves_visible_to(people.supervisor)) == [own]
    assert set(leaves_visible_to(people.administrator)) == {own, other}


def test_the_people_of_the_same_city_may_stand_in(people):
    found = set(deputies_for(people.manager))

    assert people.colleague in found
    assert people.supervisor in found
    assert people.stranger not in found
    assert people.manager not in found
