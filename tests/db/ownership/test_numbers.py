"""Numbers for owners: versions by date, four eyes, and what cannot be taken back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from dakehu.audit.models import Change
from dakehu.ownership.choices import RuleState
from dakehu.ownership.errors import UnableToSetNumbers
from dakehu.ownership.models import OwnerRule
from dakehu.ownership.operations import approve_numbers, propose_numbers, withdraw_numbers
from dakehu.ownership.queries import numbers_in_force, state_of
from dakehu.ownership.values import OwnerNumbers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TODAY = date(2026, 3, 2)
NEXT_WEEK = TODAY + timedelta(days=7)
OTHERS = OwnerNumbers(area_unit=5, languages=(("01/东城", "藏语"),))


@pytest.fixture
def proposed(people, at):
    """Numbers from today on, proposed by the operations center."""
    return propose_numbers(
        numbers=OTHERS, active_from=TODAY, reason="试", by=people.operations_center, at=at
    )


def test_until_somebody_approves_the_old_numbers_hold(people, at, proposed):
    assert numbers_in_force(on=TODAY) == OwnerNumbers()
    assert state_of(proposed, on=TODAY) == RuleState.PROPOSED

    approve_numbers(rule=proposed, version=proposed.version, by=people.administrator, at=at)

    proposed.refresh_from_db()
    assert numbers_in_force(on=TODAY) == OTHERS
    assert numbers_in_force(on=TODAY - timedelta(days=1)) == OwnerNumbers()
    assert state_of(proposed, on=TODAY) == RuleState.IN_FORCE
    assert Change.objects.filter(subject_type="ownership.ownerrule").count() == 2


def test_nobody_approves_their_own(people, at, proposed):
    with pytest.raises(UnableToSetNumbers, match="Somebody else must approve"):
        approve_numbers(
            rule=proposed, version=proposed.version, by=people.operations_center, at=at
        )


def test_the_database_forbids_it_too(people, at, proposed):
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnerRule.objects.update(approved_by=people.operations_center, approved_at=at)


def test_what_changed_since_it_was_seen_is_not_approved(people, at, proposed):
    with pytest.raises(UnableToSetNumbers, match="dealt with meanwhile"):
        approve_numbers(rule=proposed, version=99, by=people.administrator, at=at)


def test_numbers_are_not_approved_after_their_day(people, at, proposed):
    late = at + timedelta(days=2)

    with pytest.raises(UnableToSetNumbers, match="Their day is over"):
        approve_numbers(rule=proposed, version=proposed.version, by=people.administrator, at=late)


def test_a_day_has_one_version(people, at, proposed):
    with pytest.raises(UnableToSetNumbers, match="Name another day"):
        propose_numbers(
            numbers=OTHERS, active_from=TODAY, reason="x", by=people.administrator, at=at
        )


def test_a_day_gone_by_is_refused(people, at):
    with pytest.raises(UnableToSetNumbers, match="today or a later day"):
        propose_numbers(
            numbers=OTHERS,
            active_from=TODAY - timedelta(days=1),
            reason="x",
            by=people.administrator,
            at=at,
        )


def test_a_withdrawn_version_leaves_its_day_to_another(people, at, proposed):
    withdraw_numbers(rule=proposed, by=people.administrator, at=at)
    proposed.refresh_from_db()
    state = state_of(proposed, on=TODAY)

    again = propose_numbers(
        numbers=OwnerNumbers(tier=1), active_from=TODAY, reason="再试", by=people.administrator,
        at=at,
    )  # fmt: skip

    assert state == RuleState.REMOVED
    assert (again.pk, again.numbers["tier"], again.removed_at) == (proposed.pk, 1, None)
    assert again.proposed_by == people.administrator


def test_numbers_in_force_are_not_withdrawn(people, at, proposed):
    approve_numbers(rule=proposed, version=proposed.version, by=people.administrator, at=at)

    with pytest.raises(UnableToSetNumbers, match="cannot be withdrawn"):
        withdraw_numbers(rule=proposed, by=people.administrator, at=at)


def test_the_latest_approved_version_holds_and_the_one_before_is_past(people, at, proposed):
    approve_numbers(rule=proposed, version=proposed.version, by=people.administrator, at=at)
    later = propose_numbers(
        numbers=OwnerNumbers(tier=1), active_from=NEXT_WEEK, reason="x",
        by=people.administrator, at=at,
    )  # fmt: skip
    approve_numbers(rule=later, version=later.version, by=people.operations_center, at=at)
    later.refresh_from_db()
    proposed.refresh_from_db()

    assert state_of(later, on=TODAY) == RuleState.COMING
    assert numbers_in_force(on=NEXT_WEEK).tier == 1
    assert state_of(proposed, on=NEXT_WEEK) == RuleState.PAST


def test_a_supervisor_of_a_city_sets_no_numbers(people, at):
    with pytest.raises(PermissionDenied):
        propose_numbers(numbers=OTHERS, active_from=TODAY, reason="x", by=people.supervisor, at=at)
