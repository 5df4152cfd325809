"""What customers are promised, by where they stand and which versions hold."""

from datetime import UTC, date, datetime

import pytest
from tests.factories.customers import GroupFactory
from tests.factories.tiering import StandingFactory, level_of

from dakehu.catalogue import queries
from dakehu.catalogue.choices import Cycle
from dakehu.catalogue.models import Service, ServiceVersion
from dakehu.catalogue.rules.bodies import digest_of
from dakehu.clocks.choices import ClockKind, TimeUnit
from dakehu.tiering.choices import RuleState

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
MORNING = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
AFTERNOON = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def group_at(people, **ranks):
    """A group with standings by scheme: ``abc`` and ``it``."""
    group = GroupFactory(manager=people.manager, unit=people.manager.unit)
    for scheme, rank in ranks.items():
        code = {"abc": "group-abc", "it": "it-service"}[scheme]
        StandingFactory(customer=group, level=level_of(code, rank), active_from=date(2026, 1, 1))
    return group


def told(promises):
    return [(p.kind, p.standard.amount, p.standard.unit, p.source, p.priority) for p in promises]


def test_a_coverage_need_of_an_a1_group_is_answered_in_one_working_day(people):
    found = queries.promises_for(group_at(people, abc=5), "C1", MORNING)

    assert told(found) == [
        (ClockKind.INITIAL_ANSWER, 1, TimeUnit.WORKING_DAY, "C1 A1 v1", 1),
    ]


@pytest.mark.parametrize(
    ("at", "unit"), [(MORNING, TimeUnit.HALF_WORKING_DAY), (AFTERNOON, TimeUnit.SAME_DAY)]
)
def test_an_enquiry_of_an_a_group_is_due_by_whichever_is_earlier(people, at, unit):
    (found,) = queries.promises_for(group_at(people, abc=4), "C13", at)

    assert found.standard.unit == unit


def test_a_group_in_two_schemes_has_a_promise_of_each_kind_and_the_best_priority(people):
    found = queries.promises_for(group_at(people, abc=1, it=4), "C1", MORNING)

    assert told(found) == [
        (ClockKind.INITIAL_ANSWER, 3, TimeUnit.WORKING_DAY, "C1 C v1", 1),
        (ClockKind.FIRST_RESPONSE, 2, TimeUnit.WORKING_HOUR, "R5 VIP 客户 v1", 1),
    ]


def test_of_two_first_responses_the_one_due_earlier_is_promised(people):
    found = queries.promises_for(group_at(people, abc=5, it=3), "C14", MORNING)

    assert told(found) == [
        (ClockKind.FIRST_RESPONSE, 4, TimeUnit.WORKING_HOUR, "R5 核心客户 v1", 1)
    ]


@pytest.mark.parametrize("service", ["C14", "C15", "C17", "C19", "C20"])
def test_what_is_to_be_confirmed_promises_nothing(people, service):
    assert queries.promises_for(group_at(people, abc=2), service, MORNING) == []


def test_who_stands_nowhere_is_promised_nothing(people):
    group = group_at(people)

    assert queries.promises_for(group, "C1", MORNING) == []
    assert queries.priority_for(group, "C1", on=DAY) == 9
    assert queries.recurring_for(group, on=DAY) == []
    assert queries.limit_for(group, "C6", on=DAY) is None


def test_limits_and_recurring_standards_follow_the_standing(people):
    group = group_at(people, abc=3, it=4)

    limit = queries.limit_for(group, "C6", on=DAY)
    owed = {each.service: each.frequency for each in queries.recurring_for(group, on=DAY)}
    assert (limit.months, limit.source) == (2, "C6 B1 v1")
    assert set(owed) == {"C2", "C7", "C10", "C12", "O5", "O6"}
    assert (owed["O6"].least, owed["O6"].cycle) == (1, Cycle.QUARTER)


def test_targets_name_levels_together_where_they_share_a_standard():
    found = {
        (each.service, each.ranks, each.coverage.percent, each.source)
        for each in queries.coverage_targets(on=DAY)
    }

    assert found == {
        ("C4", (5, 4), 100, "C4 A1 A2 v1"),
        ("C4", (5, 4), 80, "C4 A1 A2 v1"),
        ("C4", (3, 2), 50, "C4 B1 B2 v1"),
        ("C8", (5, 4), 50, "C8 A1 A2 v1"),
        ("C8", (3, 2), 30, "C8 B1 B2 v1"),
    }


def test_a_version_holds_from_its_day_and_the_old_one_before(people):
    service = Service.objects.get(code="C1")
    first = service.versions.get()
    body = {**first.body, "standards": {"group-abc": {"5": {
        "times": [{"kind": "INITIAL_ANSWER", "within": [[4, "working_hour"]]}]}}}}  # fmt: skip
    ServiceVersion.objects.create(
        service=service, number=2, state=RuleState.PUBLISHED, body=body, digest=digest_of(body),
        active_from=date(2026, 4, 1), created_on=DAY, published_on=DAY,
    )  # fmt: skip
    group = group_at(people, abc=5)

    before = queries.promises_for(group, "C1", MORNING)
    after = queries.promises_for(group, "C1", datetime(2026, 4, 1, 1, tzinfo=UTC))
    assert [each.source for each in (*before, *after)] == ["C1 A1 v1", "C1 A1 v2"]
    assert after[0].standard.unit == TimeUnit.WORKING_HOUR


def test_many_customers_cost_as_many_queries_as_one(people, django_assert_num_queries):
    groups = [group_at(people, abc=rank, it=4) for rank in (1, 2, 3, 5)]
    queries.promises_of(groups, "C1", MORNING)

    with django_assert_num_queries(2):
        found = queries.promises_of(groups, "C1", MORNING)
    with django_assert_num_queries(2):
        queries.promises_for(groups[0], "C1", MORNING)
    assert {len(each) for each in found.values()} == {2}
