"""Whose a case is, found out later: everything follows as if it had been theirs (CH3, K1)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.cases import AT, close, make_case
from tests.factories.customers import GroupFactory
from tests.factories.tiering import StandingFactory, level_of

from dakehu.audit.models import Change
from dakehu.cases import operations
from dakehu.cases.choices import CASE
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.values import Talk
from dakehu.clocks.queries import clocks_of
from dakehu.worklist.models import Todo

LATER = AT + timedelta(hours=3)


def clocks(case):
    return {
        each.kind: each for each in clocks_of(CASE, [case.pk])[case.pk] if each.state != "DROPPED"
    }


@pytest.fixture
def groups(people):
    """An A1 group of the manager, and a C group of the colleague; A1 since long before."""
    found = []
    for manager, rank in ((people.manager, 5), (people.colleague, 1)):
        group = GroupFactory(manager=manager, unit=manager.unit)
        StandingFactory(customer=group, level=level_of("group-abc", rank), active_from=AT.date())
        found.append(group)
    return found


@pytest.fixture
def case(people):
    """A coverage need of somebody whom nobody knows, in a queue."""
    return make_case(people.hotline_agent, kind="COVERAGE", caller_phone="13800000001")


def name(case, customer, by, *, at=LATER, version=None, reason="回拨核实"):
    return operations.name_customer(
        case=case, version=version, customer=customer, reason=reason, by=by, at=at
    )


def test_an_unknown_callers_case_follows_the_customer_as_if_theirs_from_the_start(
    people, groups, case
):
    known = make_case(people.hotline_agent, kind="COVERAGE", customer=groups[0])
    number = case.number
    assert clocks(case) == {}

    found = name(case, groups[0], people.hotline_agent)

    for field in ("tier", "grade", "priority", "manager_id", "unit_id"):
        assert getattr(found, field) == getattr(known, field), field
    (mine, theirs) = (clocks(each)["INITIAL_ANSWER"] for each in (found, known))
    assert (mine.source, mine.started_at, mine.due_at) == ("C1 A1 v1", AT, theirs.due_at)
    found.refresh_from_db()
    assert (found.due_at, found.turn) == (mine.due_at, known.turn)
    assert found.number == number
    entry = Change.objects.filter(subject_id=case.pk, reason="回拨核实").last()
    assert entry is not None


def test_who_works_on_it_keeps_it_and_is_asked_for_this_customer(people, groups, case):
    operations.take_case(case=case, version=None, by=people.hotline_agent, at=AT)
    unit = case.unit_id

    found = name(case, groups[0], people.hotline_agent)

    assert (found.owner, found.unit_id) == (people.hotline_agent, unit)
    todo = Todo.objects.get(source=CASE, source_id=case.pk)
    assert todo.customer_id == groups[0].pk
    assert clocks(found)["INITIAL_ANSWER"].owner == people.hotline_agent


def test_what_was_waited_and_answered_before_counts(people, groups, case):
    who = {"case": case, "by": people.hotline_agent}
    operations.take_case(version=None, at=AT, **who)
    operations.wait_for_customer(version=None, reason="等地址", at=AT + timedelta(hours=1), **who)
    operations.go_on(version=None, at=AT + timedelta(hours=2), **who)
    talk = Talk("CALL", "加装室分，周五前完成", ("INITIAL_ANSWER",))
    operations.talk_to_customer(talk=talk, at=AT + timedelta(hours=2), **who)

    found = name(case, groups[0], people.hotline_agent)

    clock = clocks(found)["INITIAL_ANSWER"]
    assert (clock.state, clock.stopped_at) == ("STOPPED", AT + timedelta(hours=2))
    assert [each.reason for each in clock.pauses.all()] == ["等地址"]
    assert found.due_at is None


def test_a_wrong_customer_is_corrected_and_taken_back(people, groups, case):
    name(case, groups[1], people.supervisor)
    found = name(case, groups[0], people.supervisor, reason="认错了客户")
    assert clocks(found)["INITIAL_ANSWER"].source == "C1 A1 v1"
    assert {each.customer_id for each in clocks(found).values()} == {groups[0].pk}

    back = name(case, None, people.supervisor, reason="不是这家")

    assert (back.customer, back.manager, back.tier, back.grade) == (None, None, "", "NONE")
    assert clocks(back) == {}
    told = [act.facts["customer"] for act in back.acts.filter(kind="CHANGED").order_by("pk")]
    assert told == [groups[1].number, groups[0].number, ""]


def test_a_part_follows_its_case_and_is_not_named_alone(people, groups, case):
    part = operations.split_case(
        case=case, kind="INSTALLATION", text="装天线", by=people.hotline_agent, at=AT
    )
    with pytest.raises(UnableToKeepCase, match="主"):
        name(part, groups[0], people.supervisor)

    name(case, groups[0], people.supervisor)

    part.refresh_from_db()
    assert part.customer == groups[0]


def test_refused_twice_when_closed_and_to_strangers(people, groups, case):
    name(case, groups[0], people.supervisor)
    with pytest.raises(UnableToKeepCase, match="已是"):
        name(case, groups[0], people.supervisor)
    operations.take_case(case=case, version=None, by=people.hotline_agent, at=AT)
    with pytest.raises(PermissionDenied):
        name(case, groups[1], people.manager)
    stale = case.version
    with pytest.raises(UnableToKeepCase):
        name(case, groups[1], people.supervisor, version=stale)
    close(case, people.hotline_agent, at=LATER)
    with pytest.raises(UnableToKeepCase):
        name(case, groups[1], people.supervisor)
