"""A higher level brings open clocks forward; a lower one takes no promise back (T19, C1)."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from tests.factories.cases import AT, make_case
from tests.factories.customers import GroupFactory
from tests.factories.tiering import StandingFactory, level_of

from dakehu.cases.choices import CASE
from dakehu.cases.models import Case, CaseAct
from dakehu.cases.receivers import tier_changed
from dakehu.clocks.queries import clocks_of
from dakehu.tiering.events import TierChanged
from dakehu.tiering.models import LevelGrant, Standing

A1, C = 5, 1
LATER = AT + timedelta(hours=2)


@pytest.fixture
def group(people):
    return GroupFactory(manager=people.manager, unit=people.manager.unit)


def stand(group, rank):
    """Let a group stand at a level, given by hand, as of the day of the case."""
    Standing.objects.filter(customer=group).delete()
    level = level_of("group-abc", rank)
    StandingFactory(customer=group, level=level, active_from=localdate(AT))
    return level


def moved(group, level, people):
    """Announce that a level given by hand holds now."""
    grant = LevelGrant.objects.create(
        customer=group,
        scheme=level.scheme,
        level=level,
        starts_on=localdate(AT),
        ends_on=localdate(AT) + timedelta(days=90),
        reason="战略客户",
        state="APPROVED",
        proposed_by=people.manager,
        proposed_at=AT,
        decided_by=people.supervisor,
        decided_at=LATER,
    )
    return TierChanged(scheme="group-abc", day=localdate(AT), at=LATER, grant_id=grant.pk)


def clock_of(case):
    (clock,) = clocks_of(CASE, [case.pk])[case.pk]
    return clock


def test_a_higher_level_is_answered_sooner_counted_from_the_start(people, group):
    stand(group, C)
    case = make_case(people.hotline_agent, kind="COVERAGE", customer=group)
    before = clock_of(case)
    assert before.source == "C1 C v1"

    change = moved(group, stand(group, A1), people)
    tier_changed(change)
    tier_changed(change)

    after = clock_of(case)
    assert (after.source, after.started_at) == ("C1 A1 v1", before.started_at)
    assert after.due_at < before.due_at
    assert Case.objects.get(pk=case.pk).due_at == after.due_at
    assert CaseAct.objects.filter(case=case, text__contains="C1 A1 v1").count() == 1


def test_a_lower_level_lengthens_nothing_and_others_are_left_alone(people, group):
    stand(group, A1)
    case = make_case(people.hotline_agent, kind="COVERAGE", customer=group)
    before = clock_of(case)

    tier_changed(moved(group, stand(group, C), people))

    assert (clock_of(case).source, clock_of(case).due_at) == (before.source, before.due_at)
    stand(group, A1)
    stranger = GroupFactory(manager=people.manager, unit=people.manager.unit)
    tier_changed(moved(stranger, level_of("group-abc", A1), people))
    assert clock_of(case).source == before.source
